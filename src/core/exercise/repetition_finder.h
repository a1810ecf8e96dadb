// Finds the repetitions in a segment, each with its kicks, side, measures and faults.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/exercise/definition.h"
#include "core/exercise/movement_segmenter.h"
#include "core/exercise/repetition.h"
#include "core/exercise/segment_signals.h"
#include "core/exercise/thigh_lift.h"

namespace matside::exercise {

/// What is known about this person from earlier repetitions of the practice.
struct PersonHistory {
  std::optional<pose::Side> last_side;     ///< of the last repetition whose side was sure
  std::array<LiftHistory, 2> thigh_lifts;  ///< by pose::index(Side)
  base::Seconds last_end{0.0};             ///< of the last repetition
  int together_in_a_row = 0;  ///< bends of both legs together since the last repetition
  int together = 0;           ///< ... and in all; none of them is a repetition
};

/// The repetitions of a segment in order, not yet numbered. None where no knee bent far enough,
/// both legs bent together, or the person doesn't lie prone. Updates `history`.
/// @param level of `definition`
/// @source movement.md 6.2
std::vector<Repetition> find_repetitions(const MovementSegment& segment,
                                         const Definition& definition, const Level& level,
                                         PersonHistory& history);

}  // namespace matside::exercise
