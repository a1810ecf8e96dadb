// `matside compare A B`: two practices side by side, or one and its judgement by this version.
#pragma once

#include <optional>
#include <string>

#include "cli/seen_practice.h"

namespace matside::cli {

struct CompareCommand {
  PracticeRequest before;
  PracticeRequest after;
  bool rescored = false;  ///< `before` as it is kept, against itself judged now.
  bool json = false;
};

/// @returns the program's exit code.
int compare_practices(const CompareCommand& command);

}  // namespace matside::cli
