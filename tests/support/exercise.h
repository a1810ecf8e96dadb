// The project's own exercise, for tests that need the real one.
#pragma once

#include <string>

#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "core/plan/plan_rules.h"

namespace matside::support {

/// data/exercises/single_leg_kick.json with its English words; ends the test run when it cannot
/// be read.
const exercise::Definition& single_leg_kick();
/// The exercise described by channels in that file, with the kick's rules for all exercises.
base::Result<exercise::Definition> load_cycle_exercise(const std::string& path);
/// data/exercises/plan.json, likewise.
const plan::Rules& plan_rules();

}  // namespace matside::support
