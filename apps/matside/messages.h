// The program's lines on standard error.
#pragma once

#include <filesystem>

#include "core/base/result.h"

namespace matside::app {

/// Sends what is logged to standard error as `matside: ...`.
void set_up_messages();

/// Says what went wrong in one line. @returns the exit code that goes with it.
int fail(const base::Error& error);

void say_interrupted(const std::filesystem::path& input);

}  // namespace matside::app
