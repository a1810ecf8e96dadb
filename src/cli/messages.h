// The program's lines on standard error.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace matside::cli {

/// Sends what is logged to standard error as `matside: ...`.
void set_up_messages();

/// Says what went wrong in one line. @returns the exit code that goes with it.
int fail(const base::Error& error);

/// Says that the person's wish to stop was heard, and what has become of the result. @returns
/// the exit code that goes with it.
int say_stopped(const std::filesystem::path& input, const std::string& outcome);
/// @param wrote whether what was found up to then has been written
int say_interrupted(const std::filesystem::path& input, bool wrote);

}  // namespace matside::cli
