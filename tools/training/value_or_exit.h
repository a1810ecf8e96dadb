// Ends a command-line program on an error.
#pragma once

#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>

#include "core/base/result.h"

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

}  // namespace matside::training
