#include "records/secret.h"

#include <sodium.h>

#include <array>

namespace matside::records {

std::optional<std::string> argon2id(const std::string& text) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (sodium_init() < 0 || crypto_pwhash_str(hash.data(), text.data(), text.size(),
                                             crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                             crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    return std::nullopt;
  }
  return std::string(hash.data());
}

bool argon2id_matches(const std::string& hash, const std::string& text) {
  if (sodium_init() < 0) return false;
  return crypto_pwhash_str_verify(hash.c_str(), text.data(), text.size()) == 0;
}

bool randomize(std::span<unsigned char> bytes) {
  if (sodium_init() < 0) return false;
  randombytes_buf(bytes.data(), bytes.size());
  return true;
}

}  // namespace matside::records
