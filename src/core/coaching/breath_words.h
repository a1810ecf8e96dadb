// The words of kicking and lowering, with the breath that goes with them.
#pragma once

#include <string_view>

#include "core/coaching/wish.h"

namespace matside::coaching {

/// Ids of spoken phrases. @param kicks in a repetition, 1 or 2
std::string_view kick_words(Breath breath, int kicks);
std::string_view lower_words(Breath breath);

}  // namespace matside::coaching
