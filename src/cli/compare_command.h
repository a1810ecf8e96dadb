// `matside compare PRACTICE PRACTICE`: two practices side by side, or one as saved and as
// rescored.
#pragma once

#include <optional>
#include <string>

#include "cli/load_practice.h"
#include "cli/program_data.h"

namespace matside::cli {

/// The options of `matside compare`, validated.
struct CompareCommand {
  PracticeSelector before;
  PracticeSelector after;
  ExerciseChoice exercise;
  bool rescored = false;  ///< Compare `before` as saved with its rescoring by this version.
  bool json = false;      ///< Print JSON instead of a table.
};

/// Prints the comparison. Errors go to standard error, one line.
/// @returns the program's exit code
int compare_practices(const CompareCommand& command);

}  // namespace matside::cli
