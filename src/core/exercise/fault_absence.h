// Whether something was done well: looked at, and clearly without a fault. A fault that was not
// found is not enough, since it may have been missed.
#pragma once

#include <span>

#include "core/exercise/definition.h"
#include "core/exercise/repetition.h"

namespace matside::exercise {

/// Whether both signals judge the same part of the movement, so that a finding of one leaves
/// nothing to praise in the other.
bool judge_the_same(Signal a, Signal b);

/// Whether the repetition was seen well enough to find the fault, and shows the opposite by
/// more than its uncertainty. False where the signal's value is not recorded (chest, head,
/// elbows and rocking).
/// @param before the repetition before it, or null for the first
bool is_done_well(const Fault& fault, const Repetition* before, const Repetition& repetition,
                  const Definition& definition);

/// Whether that holds for each of these repetitions, in their order, and none has the fault.
bool is_clearly_absent(const Fault& fault, std::span<const Repetition> repetitions,
                       const Definition& definition);

}  // namespace matside::exercise
