// The whole command line.
#pragma once

#include <memory>
#include <vector>

#include "cli/command_parser.h"
#include "core/base/result.h"

namespace matside::cli {

/// Every command, in the order of --help.
std::vector<std::unique_ptr<CommandParser>> all_commands();

/// Adds the program's description and its commands to the parser.
void describe_program(CLI::App& program,
                      const std::vector<std::unique_ptr<CommandParser>>& commands);

/// Parses and validates the command line. @returns the action to run; ErrorKind::usage with one
///   line for an unknown command or option, a value out of range, or options that contradict
///   each other
base::Result<Action> parse_command_line(int argc, const char* const* argv);

}  // namespace matside::cli
