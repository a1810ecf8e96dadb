// What the person typed, checked.
#pragma once

#include <memory>
#include <vector>

#include "cli/typed_command.h"
#include "core/base/result.h"

namespace matside::cli {

/// Every command, in the order of --help.
std::vector<std::unique_ptr<TypedCommand>> all_commands();

/// Describes the program and its commands to the parser.
void describe_program(CLI::App& program,
                      const std::vector<std::unique_ptr<TypedCommand>>& commands);

/// @returns ErrorKind::usage with one line: unknown command or option, a value out of range, a
///   combination that means nothing.
base::Result<Action> parse_command_line(int argc, const char* const* argv);

}  // namespace matside::cli
