#include "server/loopback_key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <system_error>

#include "files/private_file.h"
#include "server/secret.h"

namespace matside::server {
namespace {

namespace fs = std::filesystem;
namespace http = boost::beast::http;
using base::Error;
using base::ErrorKind;

constexpr std::size_t kKeySecret_bytes = 16;
constexpr std::size_t kKeySecret_digits = 2 * kKeySecret_bytes;
constexpr std::size_t kKeyFile_bytes = 2 * kKeySecret_digits + 1;
constexpr std::string_view kKeyTarget = "/?key=";
constexpr const char* kKeyFile = "serve.key";

/// Closes a descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

/// Nothing unless the file is ours alone and whole.
std::optional<LoopbackKey> load_key(const fs::path& file) {
  // O_NONBLOCK: a FIFO does not block.
  const Descriptor in(
      ::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));  // NOLINT
  struct stat status {};
  if (in.get() < 0 || ::fstat(in.get(), &status) != 0) return std::nullopt;
  const bool ours_alone = S_ISREG(status.st_mode) && status.st_uid == ::geteuid() &&
                          (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
  if (!ours_alone || status.st_size != kKeyFile_bytes) return std::nullopt;
  std::array<char, kKeyFile_bytes> text{};
  if (::pread(in.get(), text.data(), text.size(), 0) != kKeyFile_bytes) return std::nullopt;
  const std::string digits(text.data(), kKeyFile_bytes - 1);
  if (digits.find_first_not_of("0123456789abcdef") != std::string::npos) return std::nullopt;
  return LoopbackKey{digits.substr(0, kKeySecret_digits), digits.substr(kKeySecret_digits)};
}

std::string key_cookie_name(std::uint16_t port) { return "matside-" + std::to_string(port); }

}  // namespace

base::Result<LoopbackKey> LoopbackKey::random() {
  LoopbackKey key{random_secret(kKeySecret_bytes), random_secret(kKeySecret_bytes)};
  if (!key.address.empty() && !key.cookie.empty()) return key;
  return Error{ErrorKind::output, "the system's random number generator failed; try again"};
}

base::Result<LoopbackKey> LoopbackKey::load_or_create(const fs::path& folder) {
  const fs::path file = folder / kKeyFile;
  if (auto saved = load_key(file)) return *std::move(saved);
  auto key = random();
  if (!key) return key;
  const std::error_code failed =
      files::save_private_file(file, key.value().address + key.value().cookie + "\n");
  if (!failed) return key;
  return Error{ErrorKind::output, file.string() + ": can't be written (" + failed.message() +
                                      "); choose another folder with --data DIR"};
}

std::string path_with_key(const LoopbackKey& key) {
  return std::string(kKeyTarget) + key.address;
}

bool has_key(std::string_view target) { return target.starts_with(kKeyTarget); }

bool has_key(std::string_view target, const LoopbackKey& key) {
  return has_key(target) && same_secret(target.substr(kKeyTarget.size()), key.address);
}

// The cookie lasts 400 days, the most that browsers allow, so that a bookmark works.
HttpResponse exchange_key(const LoopbackKey& key, std::uint16_t port, bool tls) {
  HttpResponse response = make_response(http::status::see_other, "text/plain", "");
  response.set(http::field::location, "/");
  response.set(http::field::set_cookie, key_cookie_name(port) + "=" + key.cookie +
                                            "; Path=/; Max-Age=34560000; HttpOnly; "
                                            "SameSite=Strict" +
                                            (tls ? "; Secure" : ""));
  return response;
}

bool holds_key(const LoopbackKey& key, std::uint16_t port, std::string_view cookies) {
  return same_secret(cookie_value(cookies, key_cookie_name(port)), key.cookie);
}

HttpResponse key_needed() {
  return make_response(http::status::unauthorized, "text/plain; charset=utf-8",
                       "Matside only opens for the person who started it. Open the address "
                       "that matside serve printed in its terminal, or run matside serve "
                       "--open.\n");
}

}  // namespace matside::server
