// Faults of the set, which only several repetitions together show.
#pragma once

#include <vector>

#include "core/exercise/definition.h"
#include "core/exercise/repetition.h"

namespace matside::exercise {

/// Faults of the set that the last of `repetitions` completes; none where its form wasn't
/// scored. A fault that continues is reported once, and again when it returns after a pause; a
/// swapped order and overlapping legs are reported each time.
/// @source movement.md 6.3
std::vector<SetFault> new_set_faults(const std::vector<Repetition>& repetitions,
                                     const Definition& definition, const Level& level);

}  // namespace matside::exercise
