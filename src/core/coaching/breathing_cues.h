// The phrases for kicking and lowering, with the breathing that goes with them.
#pragma once

#include <string_view>

#include "core/coaching/practice_request.h"

namespace matside::coaching {

/// Id of the spoken phrase for the kicks of a repetition, 1 or 2.
std::string_view kick_phrase_id(BreathingPattern breath, int kicks);
/// Id of the spoken phrase for lowering.
std::string_view lowering_phrase_id(BreathingPattern breath);

}  // namespace matside::coaching
