// The project's own exercise, for tests that need the real one.
#pragma once

#include "core/exercise/definition.h"
#include "core/plan/plan_rules.h"

namespace matside::support {

/// data/exercises/single_leg_kick.json with its English words; ends the test run when it cannot
/// be read.
const exercise::Definition& single_leg_kick();
/// data/exercises/plan.json, likewise.
const plan::Rules& plan_rules();

}  // namespace matside::support
