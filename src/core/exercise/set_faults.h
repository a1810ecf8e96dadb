// Faults of the set: what only several repetitions together show.
#pragma once

#include <vector>

#include "core/exercise/definition.h"
#include "core/exercise/repetition.h"

namespace matside::exercise {

/// Faults of the set that the last of `repetitions` brought to light. One that goes on is told
/// once, and again when it comes back after it was gone.
std::vector<SetFault> new_set_faults(const std::vector<Repetition>& repetitions,
                                               const Definition& definition,
                                               const Level& level);

}  // namespace matside::exercise
