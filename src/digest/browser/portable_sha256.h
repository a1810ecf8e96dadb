// SHA-256 without a library, for browsers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace matside::digest {

/// SHA-256 of bytes that arrive in pieces. One thread at a time.
/// @source FIPS 180-4
class PortableSha256 {
 public:
  void add(std::span<const std::byte> bytes);
  /// As sha256_hex(), of all bytes added; call it once.
  std::string hex();

 private:
  using State = std::array<std::uint32_t, 8>;

  static void add_block(State& state, std::span<const std::byte> block);

  State state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
               0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::vector<std::byte> rest_;  ///< Less than a block.
  std::uint64_t bytes_ = 0;
};

/// As sha256_hex().
std::string portable_sha256_hex(std::span<const std::byte> bytes);

}  // namespace matside::digest
