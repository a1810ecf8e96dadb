#include "formats/base64.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace matside::formats {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kDigitsAGroup = 4;
constexpr std::size_t kBytesAGroup = 3;
constexpr unsigned kBitsADigit = 6;
constexpr unsigned kBitsAByte = 8;
constexpr std::uint8_t kNoDigit = 0xFF;

constexpr std::array<std::uint8_t, 256> kValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNoDigit);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}();

}  // namespace

std::string base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + kBytesAGroup - 1) / kBytesAGroup * kDigitsAGroup);
  std::uint32_t bits = 0;
  unsigned waiting = 0;
  for (const char byte : bytes) {
    bits = bits << kBitsAByte | static_cast<unsigned char>(byte);
    for (waiting += kBitsAByte; waiting >= kBitsADigit;) {
      waiting -= kBitsADigit;
      text += kAlphabet[bits >> waiting & 0x3FU];
    }
  }
  if (waiting > 0) text += kAlphabet[bits << (kBitsADigit - waiting) & 0x3FU];
  while (text.size() % kDigitsAGroup != 0) text += '=';
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % kDigitsAGroup != 0) return std::nullopt;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  std::string bytes;
  bytes.reserve(text.size() / kDigitsAGroup * kBytesAGroup + kBytesAGroup);
  std::uint32_t bits = 0;
  unsigned waiting = 0;
  for (const char digit : text) {
    const std::uint8_t value = kValues[static_cast<unsigned char>(digit)];
    if (value == kNoDigit) return std::nullopt;
    bits = bits << kBitsADigit | value;
    waiting += kBitsADigit;
    if (waiting < kBitsAByte) continue;
    waiting -= kBitsAByte;
    bytes += static_cast<char>(bits >> waiting & 0xFFU);
  }
  const std::uint32_t rest = bits & ((std::uint32_t{1} << waiting) - 1U);
  if (rest != 0 || waiting == kBitsADigit) return std::nullopt;
  return bytes;
}

}  // namespace matside::formats
