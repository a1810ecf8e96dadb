// The program's exit codes.
#pragma once

#include "core/base/result.h"

namespace matside::cli {

inline constexpr int kExitOk = 0;             ///< Done.
inline constexpr int kExitUsage = 2;          ///< A wrong command line.
inline constexpr int kExitInput = 3;          ///< An input that can't be used.
inline constexpr int kExitOutput = 4;         ///< An output that can't be written.
inline constexpr int kExitModel = 5;          ///< The program's own data is missing or damaged.
inline constexpr int kExitPending = 6;        ///< Done later: another program is in the way.
inline constexpr int kExitInterrupted = 130;  ///< Ctrl-C or SIGTERM.

/// The exit code of an error.
constexpr int exit_code(base::ErrorKind kind) {
  switch (kind) {
    case base::ErrorKind::usage:
      return kExitUsage;
    case base::ErrorKind::input:
    case base::ErrorKind::not_found:
    case base::ErrorKind::conflict:
      return kExitInput;
    case base::ErrorKind::output:
      return kExitOutput;
    case base::ErrorKind::model:
      break;
  }
  return kExitModel;
}

}  // namespace matside::cli
