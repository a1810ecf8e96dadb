// The words of kicking and lowering, with the breath that goes with them.
#pragma once

#include <string_view>

#include "core/coaching/practice_request.h"

namespace matside::coaching {

/// Ids of spoken phrases. @param kicks in a repetition, 1 or 2
std::string_view kick_phrase_id(BreathingPattern breath, int kicks);
std::string_view lowering_phrase_id(BreathingPattern breath);

}  // namespace matside::coaching
