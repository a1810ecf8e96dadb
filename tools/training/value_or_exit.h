// Ends a command-line program on an error of an operation or an argument.
#pragma once

#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>

#include "core/base/result.h"
#include "vision/blazepose/pose_models.h"

namespace matside::training {

/// Prints the problem and exits with 1.
[[noreturn]] inline void exit_with_error(const std::string& problem) {
  std::cerr << problem << "\n";
  std::exit(1);
}

/// The value, or prints the error and exits with 1.
template <typename T>
T value_or_exit(base::Result<T> result) {
  if (!result.ok()) exit_with_error(result.error().message);
  return std::move(result).value();
}

/// The network named lite, full or heavy; prints the error and exits with 1 for another name.
inline blazepose::Variant variant_or_exit(const std::string& text) {
  using blazepose::Variant;
  for (const Variant variant : {Variant::lite, Variant::full, Variant::heavy}) {
    if (text == blazepose::name(variant)) return variant;
  }
  exit_with_error(text + ": is not a network; there are lite, full and heavy");
}

}  // namespace matside::training
