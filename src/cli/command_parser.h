// The interface of the program's commands.
#pragma once

#include <functional>
#include <string>

#include "core/base/result.h"

namespace CLI {
class App;
}

namespace matside::cli {

/// Runs a command. @returns the program's exit code
using Action = std::function<int()>;

/// One command: adds its options to the parser, then validates their values.
class CommandParser {
 public:
  CommandParser() = default;
  CommandParser(const CommandParser&) = delete;
  CommandParser& operator=(const CommandParser&) = delete;
  virtual ~CommandParser() = default;

  /// The word typed to run it.
  [[nodiscard]] virtual const char* name() const = 0;
  /// Adds the command with its options to `program`, which must not outlive it.
  virtual void describe(CLI::App& program) = 0;
  /// Call it after parsing. @returns ErrorKind::usage with one line: a value out of range, or
  ///   options that contradict each other
  [[nodiscard]] virtual base::Result<Action> action() const = 0;
};

/// An ErrorKind::usage error that ends with a hint to --help.
base::Error usage_error(const std::string& what);

}  // namespace matside::cli
