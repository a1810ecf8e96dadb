// NumPy arrays of numbers, read in place.
#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <array>
#include <cstring>
#include <initializer_list>
#include <string>

namespace matside::python {

/// Throws matside::Error with MATSIDE_USAGE. Needs no interpreter lock.
[[noreturn]] void refuse(const std::string& message);

/// A view of an array of float64 or float32, with any strides and alignment. It copies nothing
/// and keeps the array alive. Reading needs no interpreter lock.
class RealArray {
 public:
  static constexpr std::size_t kMaxDimensions = 3;

  /// @param shape  the number of rows may be anything: its place holds kAny
  /// @param name  of the argument, for errors
  /// @throws matside::Error (MATSIDE_USAGE) for another type, byte order or shape
  RealArray(pybind11::array array, std::initializer_list<pybind11::ssize_t> shape,
            const std::string& name);
  static constexpr pybind11::ssize_t kAny = -1;

  [[nodiscard]] pybind11::ssize_t rows() const { return array_.shape(0); }

  /// The number at this place, which must be within the shape.
  [[nodiscard]] double at(pybind11::ssize_t i, pybind11::ssize_t j = 0,
                          pybind11::ssize_t k = 0) const {
    const char* const place = data_ + i * strides_[0] + j * strides_[1] + k * strides_[2];
    if (single_) return read<float>(place);
    return read<double>(place);
  }

 private:
  /// The place may be unaligned.
  template <class Number>
  static double read(const char* place) {
    Number number;
    std::memcpy(&number, place, sizeof number);
    return static_cast<double>(number);
  }

  pybind11::array array_;
  const char* data_ = nullptr;
  bool single_ = false;
  std::array<pybind11::ssize_t, kMaxDimensions> strides_{};
};

}  // namespace matside::python
