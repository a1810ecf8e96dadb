#include "practice/recording/text_file.h"

#include "files/input_file.h"

namespace matside::recording {

base::Result<std::string> read_text_file(const std::filesystem::path& path) {
  constexpr std::size_t kLargest = 256U << 20U;
  return files::read_file(path, kLargest);
}

}  // namespace matside::recording
