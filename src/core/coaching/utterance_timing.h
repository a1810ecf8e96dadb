// When what follows a repetition is worth saying. Pure functions: any thread.
#pragma once

#include "core/base/quantity.h"
#include "core/coaching/pace.h"
#include "core/coaching/utterance.h"
#include "core/exercise/definition.h"

namespace matside::coaching {

/// The count of a repetition, on the beat of the foot's return.
Utterance timed_count(const exercise::Definition& definition, int number,
                      base::Seconds foot_is_back);

/// Gives a correction or praise its moment: soon after the repetition, and over before the
/// next count.
void time_remark(Utterance& remark, const exercise::SpeechRules& rules,
                 base::Seconds foot_is_back, const Pace& pace, base::Seconds now);

}  // namespace matside::coaching
