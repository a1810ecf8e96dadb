// The numbers in binary messages.
//
// Values and pure functions: any thread.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>

namespace matside::protocol {

/// Reads little-endian numbers one after another. The caller checks that enough bytes are left.
class LittleEndianReader {
 public:
  explicit LittleEndianReader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

  template <class T>
  T take() {
    static_assert(std::endian::native == std::endian::little);
    T value;
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_ = rest_.subspan(sizeof value);
    return value;
  }
  /// The bytes that were not taken.
  [[nodiscard]] std::span<const std::uint8_t> rest() const { return rest_; }

 private:
  std::span<const std::uint8_t> rest_;
};

}  // namespace matside::protocol
