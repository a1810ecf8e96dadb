// `matside analyze`: recordings in, results out.
#pragma once

#include <string>
#include <vector>

#include "apps/matside/command_line.h"
#include "apps/matside/data_folder.h"
#include "core/base/result.h"

namespace matside::app {

/// Analyses each input in turn and writes its result; one that fails does not keep the others
/// from being analysed. Errors go to standard error, one line each.
/// @returns the program's exit code: of the first failure, or kExitInterrupted.
int analyze(const AnalyzeCommand& command);

}  // namespace matside::app
