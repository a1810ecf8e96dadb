// Counts and judges the repetitions of an exercise that is described by channels.
#pragma once

#include <vector>

#include "core/cycle/cycle_finder.h"
#include "core/exercise/definition.h"
#include "core/exercise/movement_segmenter.h"
#include "core/exercise/repetition.h"

namespace matside::cycle {

/// The repetitions of one segment, in the order of time.
/// @param definition has a cycle
std::vector<exercise::Repetition> judge_segment(const exercise::MovementSegment& segment,
                                                const exercise::Definition& definition,
                                                const exercise::Level& level,
                                                OtherMovement& other);

}  // namespace matside::cycle
