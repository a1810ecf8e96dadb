// One of the program's commands, as a person types it.
#pragma once

#include <functional>
#include <string>

#include "core/base/result.h"

namespace CLI {
class App;
}

namespace matside::cli {

/// What is to be done. @returns the program's exit code.
using Action = std::function<int()>;

/// A command's options: described to the parser, filled in by it, then checked.
class TypedCommand {
 public:
  TypedCommand() = default;
  TypedCommand(const TypedCommand&) = delete;
  TypedCommand& operator=(const TypedCommand&) = delete;
  virtual ~TypedCommand() = default;

  [[nodiscard]] virtual const char* name() const = 0;
  /// Adds the command with its options to the program. Both are kept as long as the parser.
  virtual void describe(CLI::App& program) = 0;
  /// After parsing. @returns ErrorKind::usage with one line: a value out of range, a
  ///   combination that means nothing.
  [[nodiscard]] virtual base::Result<Action> action() const = 0;
};

/// One line that sends to --help.
base::Error usage_error(const std::string& what);

}  // namespace matside::cli
