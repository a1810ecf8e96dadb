#include "practice/text_file.h"

#include <fstream>
#include <iterator>
#include <system_error>

namespace matside::practice {

namespace fs = std::filesystem;

base::Result<std::string> read_text_file(const fs::path& path) {
  constexpr std::uintmax_t kLargest = 256U << 20U;
  const auto wrong = [&](const std::string& what) {
    return base::Error{base::ErrorKind::input, path.string() + ": " + what};
  };
  std::error_code why;
  if (!fs::exists(path, why)) return wrong("no such file");
  if (!fs::is_regular_file(path, why)) return wrong("isn't a file");
  const std::uintmax_t size = fs::file_size(path, why);
  if (why) return wrong(why.message());
  if (size > kLargest) return wrong("is too large; the limit is 256 MiB");
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in.is_open() || (!in && !in.eof())) return wrong("can't be read; check its permissions");
  return text;
}

}  // namespace matside::practice
