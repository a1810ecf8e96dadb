#include "batch/result_key.h"

#include <map>
#include <span>
#include <system_error>

#include "digest/digest.h"
#include "digest/file_digest.h"
#include "formats/picture_files.h"

namespace matside::batch {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kKey_digits = 32;
constexpr std::size_t kPractice_digits = 16;

std::string digest_of(const std::string& text) {
  return digest::sha256_hex(std::as_bytes(std::span(text)));
}

}  // namespace

base::Result<std::string> content_digest(const std::filesystem::path& path,
                                         const std::atomic<bool>& stop) {
  std::error_code why;
  if (!fs::is_directory(path, why)) return digest::sha256_file(path, &stop);
  std::map<std::string, fs::path> files;
  for (fs::directory_iterator at(path, why), end; !why && at != end; at.increment(why)) {
    const std::string name = at->path().filename().string();
    if (formats::picture_number(name)) files.emplace(name, at->path());
  }
  if (why) return base::Error{base::ErrorKind::input, path.string() + ": " + why.message()};
  std::string all;
  for (const auto& [name, file] : files) {
    const auto content = digest::sha256_file(file, &stop);
    if (!content) return content.error();
    all += name;
    all += '\0';
    all += content.value();
  }
  return digest_of(all);
}

std::string result_key(std::string_view content, std::string_view settings) {
  std::string both(content);
  both += '\0';
  both += settings;
  return digest_of(both).substr(0, kKey_digits);
}

bool is_result_key(std::string_view text) {
  return text.size() == kKey_digits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string practice_id(std::string_view key, std::string_view person) {
  std::string both(key);
  both += '\0';
  both += person;
  return digest_of(both).substr(0, kPractice_digits);
}

}  // namespace matside::batch
