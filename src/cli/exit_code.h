// What the program's exit says to a script.
#pragma once

#include "core/base/result.h"

namespace matside::cli {

inline constexpr int kExitOk = 0;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitInput = 3;
inline constexpr int kExitOutput = 4;
inline constexpr int kExitModel = 5;
inline constexpr int kExitInterrupted = 130;

constexpr int exit_code(base::ErrorKind kind) {
  switch (kind) {
    case base::ErrorKind::usage:
      return kExitUsage;
    case base::ErrorKind::input:
      return kExitInput;
    case base::ErrorKind::output:
      return kExitOutput;
    case base::ErrorKind::model:
      break;
  }
  return kExitModel;
}

}  // namespace matside::cli
