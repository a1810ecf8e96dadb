#include "records/secret.h"

#include <argon2.h>
#include <unistd.h>

#include <array>

namespace matside::records {
namespace {

// libsodium's interactive limits, and its sizes.
constexpr std::uint32_t kPasses = 2;
constexpr std::uint32_t kMemory_kib = 65536;
constexpr std::uint32_t kLanes = 1;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kTextBytes = 128;

}  // namespace

std::optional<std::string> argon2id(const std::string& text) {
  std::array<unsigned char, kSaltBytes> salt{};
  std::array<char, kTextBytes> hash{};
  if (!randomize(salt) ||
      argon2id_hash_encoded(kPasses, kMemory_kib, kLanes, text.data(), text.size(), salt.data(),
                            salt.size(), kHashBytes, hash.data(), hash.size()) != ARGON2_OK) {
    return std::nullopt;
  }
  return std::string(hash.data());
}

bool argon2id_matches(const std::string& hash, const std::string& text) {
  return argon2id_verify(hash.c_str(), text.data(), text.size()) == ARGON2_OK;
}

bool randomize(std::span<unsigned char> bytes) {
  return ::getentropy(bytes.data(), bytes.size()) == 0;
}

}  // namespace matside::records
