// Runs a program and takes what it prints.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace matside::cli {

/// How a program ended.
struct CommandOutput {
  int exit_code = 0;  ///< -1: by a signal, or it took too long and was killed.
  std::string output;
  std::string errors;
};

/// Runs a program, which is searched for in PATH, with this process's environment. No shell.
/// @param words  the program's name and its arguments
/// @param input  what it reads, at most 64 KiB
/// @returns ErrorKind::not_found if there is no such program, ErrorKind::output if it can't be
///   started
base::Result<CommandOutput> run_command(const std::vector<std::string>& words,
                                        const std::string& input, std::chrono::seconds most);

}  // namespace matside::cli
