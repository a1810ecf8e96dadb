// The numbers in binary messages.
//
// Values and pure functions: any thread.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace matside::formats {

static_assert(std::endian::native == std::endian::little);

/// The number that begins at that byte. The caller checks that all its bytes are there.
template <class T>
T number_at(std::span<const std::uint8_t> bytes, std::size_t at) {
  T value;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

/// Writes a number over the bytes that begin there. The caller checks that they are there.
template <class T>
void set_number(std::span<std::uint8_t> bytes, std::size_t at, T value) {
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

/// Reads numbers one after another. The caller checks that enough bytes are left.
class LittleEndianReader {
 public:
  explicit LittleEndianReader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

  template <class T>
  T take() {
    const T value = number_at<T>(rest_, 0);
    rest_ = rest_.subspan(sizeof value);
    return value;
  }
  /// The bytes that were not taken.
  [[nodiscard]] std::span<const std::uint8_t> rest() const { return rest_; }

 private:
  std::span<const std::uint8_t> rest_;
};

}  // namespace matside::formats
