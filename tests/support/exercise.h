// The project's own exercise, for tests that need the real one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "core/plan/plan_rules.h"

namespace matside::support {

/// data/exercises/single_leg_kick.json with its English words; ends the test run when it cannot
/// be read.
const exercise::Definition& single_leg_kick();
/// The exercise described by channels in that file, with the kick's rules for all exercises.
base::Result<exercise::Definition> load_cycle_exercise(const std::string& path);
/// The exercise of that id in data/exercises/moves, likewise.
const exercise::Definition& sister_move(std::string_view id);
/// The single-leg kick and every exercise of data/exercises/moves.
const std::vector<exercise::Definition>& installed_exercises();
/// data/exercises/plan.json, likewise.
const plan::Rules& plan_rules();

}  // namespace matside::support
