// The phrases for kicking and lowering, with the breathing that goes with them.
#pragma once

#include <string_view>

#include "core/coaching/practice_request.h"
#include "core/exercise/cycle_rules.h"

namespace matside::coaching {

/// Id of the spoken phrase for the kicks of a repetition, 1 or 2.
std::string_view kick_phrase_id(BreathingPattern breath, int kicks);
/// Id of the spoken phrase for lowering.
std::string_view lowering_phrase_id(BreathingPattern breath);

/// The same where the exercise's file says how to breathe: `breath` only says whether there is
/// a word about it.
std::string_view lowering_phrase_id(const exercise::CycleBreath& file, BreathingPattern breath);
/// Id of the spoken phrase for the breath at the start of a repetition.
std::string_view rise_phrase_id(const exercise::CycleBreath& file);

}  // namespace matside::coaching
