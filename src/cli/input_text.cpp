#include "cli/input_text.h"

#include <fstream>
#include <iterator>
#include <system_error>

namespace matside::cli {

namespace fs = std::filesystem;

base::Result<std::string> text_of_file(const fs::path& path) {
  constexpr std::uintmax_t kLargest = 256U << 20U;
  const auto wrong = [&](const std::string& what) {
    return base::Error{base::ErrorKind::input, path.string() + ": " + what};
  };
  std::error_code why;
  if (!fs::exists(path, why)) return wrong("no such file");
  if (!fs::is_regular_file(path, why)) return wrong("is no file");
  const std::uintmax_t size = fs::file_size(path, why);
  if (why) return wrong(why.message());
  if (size > kLargest) return wrong("is larger than 256 MiB");
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in.is_open() || (!in && !in.eof())) return wrong("can't be read");
  return text;
}

}  // namespace matside::cli
