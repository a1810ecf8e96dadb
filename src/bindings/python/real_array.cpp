#include "bindings/python/real_array.h"

#include <algorithm>
#include <cstddef>
#include <matside/matside.hpp>
#include <utility>

namespace py = pybind11;

namespace matside::python {
namespace {

std::string shape_text(const py::ssize_t* sizes, std::size_t count) {
  std::string text = "(";
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += ", ";
    text += sizes[i] == RealArray::kAny ? "n" : std::to_string(sizes[i]);
  }
  return text + (count == 1 ? ",)" : ")");
}

bool fits(const py::array& array, const std::initializer_list<py::ssize_t>& shape) {
  return static_cast<std::size_t>(array.ndim()) == shape.size() &&
         std::equal(shape.begin(), shape.end(), array.shape(),
                    [](py::ssize_t wanted, py::ssize_t given) {
                      return wanted == RealArray::kAny || wanted == given;
                    });
}

}  // namespace

void refuse(const std::string& message) {
  matside_error error{};
  error.status = MATSIDE_USAGE;
  const std::size_t length = std::min(message.size(), sizeof error.message - 1);
  std::memcpy(error.message, message.data(), length);
  throw Error(error);
}

RealArray::RealArray(py::array array, std::initializer_list<py::ssize_t> shape,
                     const std::string& name)
    : array_(std::move(array)) {
  // Both also compare the byte order.
  single_ = py::isinstance<py::array_t<float>>(array_);
  if (!single_ && !py::isinstance<py::array_t<double>>(array_)) {
    refuse(name + ": has the type " + std::string(py::str(array_.dtype())) +
           ", but must have float64 or float32; convert it with .astype(float)");
  }
  if (!fits(array_, shape)) {
    refuse(name + ": has the shape " +
           shape_text(array_.shape(), static_cast<std::size_t>(array_.ndim())) +
           ", but must have " + shape_text(shape.begin(), shape.size()));
  }
  data_ = static_cast<const char*>(array_.data());
  std::copy_n(array_.strides(), shape.size(), strides_.begin());
}

}  // namespace matside::python
