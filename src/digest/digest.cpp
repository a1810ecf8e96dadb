#include "digest/digest.h"

#include <openssl/evp.h>

#include <array>
#include <cassert>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

namespace matside::digest {
namespace {

constexpr std::size_t kPieceBytes = 1 << 18;

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new()) {
    [[maybe_unused]] const int started =
        EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
    assert(started == 1);
  }

  void add(std::span<const std::byte> bytes) {
    [[maybe_unused]] const int added =
        EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
    assert(added == 1);
  }

  std::string hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    [[maybe_unused]] const int done = EVP_DigestFinal_ex(context_.get(), digest.data(), &size);
    assert(done == 1);
    constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
      text += kDigits[digest[i] >> 4];
      text += kDigits[digest[i] & 15];
    }
    return text;
  }

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

base::Error unreadable(const std::filesystem::path& path) {
  return {base::ErrorKind::input, path.string() + ": cannot be read: " + std::strerror(errno)};
}

}  // namespace

std::string sha256_hex(std::span<const std::byte> bytes) {
  Sha256 sha;
  sha.add(bytes);
  return sha.hex();
}

base::Result<std::string> sha256_file(const std::filesystem::path& path) {
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rb"));
  if (!file) return unreadable(path);
  Sha256 sha;
  std::vector<std::byte> piece(kPieceBytes);
  while (true) {
    const std::size_t got = std::fread(piece.data(), 1, piece.size(), file.get());
    sha.add(std::span(piece).first(got));
    if (got < piece.size()) break;
  }
  if (std::ferror(file.get()) != 0) return unreadable(path);
  return sha.hex();
}

}  // namespace matside::digest
