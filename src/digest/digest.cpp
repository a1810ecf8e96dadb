#include "digest/digest.h"

#include <openssl/evp.h>

#include <array>
#include <cassert>
#include <memory>
#include <vector>

#include "digest/file_digest.h"
#include "files/input_file.h"

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

}  // namespace

std::string sha256_hex(std::span<const std::byte> bytes) {
  Sha256 sha;
  sha.add(bytes);
  return sha.hex();
}

base::Result<std::string> sha256_file(const std::filesystem::path& path,
                                      const std::atomic<bool>* stop) {
  auto file = files::InputFile::open(path);
  if (!file) return file.error();
  Sha256 sha;
  std::vector<std::byte> piece(kPieceBytes);
  while (stop == nullptr || !*stop) {
    const auto got = file.value().read(piece);
    if (!got) return got.error();
    if (got.value() == 0) return sha.hex();
    sha.add(std::span(piece).first(got.value()));
  }
  return base::Error{base::ErrorKind::input, path.string() + ": stopped"};
}

}  // namespace matside::digest
