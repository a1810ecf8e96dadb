// Messages on standard error.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace matside::cli {

/// Sends log messages to standard error, each as one line, `matside: ...`, with
/// base::printable_line().
void set_up_logging();

/// Prints the error in one line. @returns its exit code
int fail(const base::Error& error);

/// Says that the program stopped early and what became of the result.
/// @returns kExitInterrupted
int report_stopped(const std::filesystem::path& input, const std::string& outcome);
/// As report_stopped(). @param wrote whether a result was saved
int report_interrupted(const std::filesystem::path& input, bool wrote);

}  // namespace matside::cli
