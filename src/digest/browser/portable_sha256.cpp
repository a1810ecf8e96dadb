#include "digest/browser/portable_sha256.h"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <utility>

namespace matside::digest {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::size_t kLength = 8;  ///< Bytes of the length that ends the last block.

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
constexpr std::array<std::uint32_t, 64> kRounds{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
    0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
    0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
    0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
    0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
    0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
    0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2};

}  // namespace

void PortableSha256::add_block(State& state, std::span<const std::byte> block) {
  std::array<std::uint32_t, kRounds.size()> w{};
  for (std::size_t i = 0; i < kBlock; ++i) {
    w[i / 4] = w[i / 4] << 8U | std::to_integer<std::uint32_t>(block[i]);
  }
  for (std::size_t i = 16; i < w.size(); ++i) {
    const std::uint32_t early = w[i - 15];
    const std::uint32_t late = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] + (std::rotr(early, 7) ^ std::rotr(early, 18) ^ early >> 3U) +
           (std::rotr(late, 17) ^ std::rotr(late, 19) ^ late >> 10U);
  }
  auto [a, b, c, d, e, f, g, h] = state;
  for (std::size_t i = 0; i < w.size(); ++i) {
    const std::uint32_t choice = (e & f) ^ (~e & g);
    const std::uint32_t first = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                                choice + kRounds[i] + w[i];
    const std::uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
    const std::uint32_t second =
        (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + majority;
    h = g;
    g = f;
    f = e;
    e = d + first;
    d = c;
    c = b;
    b = a;
    a = first + second;
  }
  const State add{a, b, c, d, e, f, g, h};
  std::ranges::transform(state, add, state.begin(), std::plus<>());
}

void PortableSha256::add(std::span<const std::byte> bytes) {
  bytes_ += bytes.size();
  if (!rest_.empty()) {
    const std::size_t missing = std::min(kBlock - rest_.size(), bytes.size());
    rest_.insert(rest_.end(), bytes.begin(),
                 bytes.begin() + static_cast<std::ptrdiff_t>(missing));
    bytes = bytes.subspan(missing);
    if (rest_.size() < kBlock) return;
    add_block(state_, rest_);
    rest_.clear();
  }
  for (; bytes.size() >= kBlock; bytes = bytes.subspan(kBlock)) {
    add_block(state_, bytes.first(kBlock));
  }
  rest_.assign(bytes.begin(), bytes.end());
}

std::string PortableSha256::hex() {
  std::vector<std::byte> last = std::move(rest_);
  last.push_back(std::byte{0x80});
  while (last.size() % kBlock != kBlock - kLength) last.push_back(std::byte{0});
  const std::uint64_t bits = bytes_ * 8;
  for (std::size_t i = 0; i < kLength; ++i) {
    last.push_back(static_cast<std::byte>(bits >> (8 * (kLength - 1 - i)) & 0xFFU));
  }
  for (std::span<const std::byte> left = last; !left.empty(); left = left.subspan(kBlock)) {
    add_block(state_, left.first(kBlock));
  }
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint32_t word : state_) {
    for (unsigned shift = 32; shift > 0;) text += kDigits[word >> (shift -= 4) & 15U];
  }
  return text;
}

std::string portable_sha256_hex(std::span<const std::byte> bytes) {
  PortableSha256 sum;
  sum.add(bytes);
  return sum.hex();
}

}  // namespace matside::digest
