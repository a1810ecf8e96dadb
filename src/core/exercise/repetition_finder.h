// From a bend to the repetitions in it, each with its kicks, side, measures and faults.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/exercise/movement_segmenter.h"
#include "core/exercise/segment_signals.h"
#include "core/exercise/definition.h"
#include "core/exercise/repetition.h"
#include "core/exercise/thigh_lift.h"

namespace matside::exercise {

/// What earlier repetitions taught about this person in this picture.
struct PersonHistory {
  std::optional<pose::Side> last_side;      ///< of the last repetition whose side was sure
  std::array<LiftHistory, 2> thigh_lifts;  ///< by pose::index(Side)
  base::Seconds last_end{0.0};              ///< of the last repetition
};

/// The repetitions of a bend in order, not yet numbered. None where no knee bent far enough, or
/// both legs bent together. Adds what they teach to `history`.
std::vector<Repetition> find_repetitions(const MovementSegment& bend, const Definition& definition,
                              const Level& level, PersonHistory& history);

/// Where a lowering foot stopped before it was down, degrees above rest.
using IncompleteLowering = std::optional<double>;

/// Faults of one repetition, most important first.
std::vector<DetectedFault> find_faults(const SegmentSignals& signals, const Repetition& repetition,
                                      IncompleteLowering stop_angle_deg, const Definition& definition,
                                      const Level& level);

}  // namespace matside::exercise
