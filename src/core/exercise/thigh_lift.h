// How far a thigh is lifted over the kicks.
#pragma once

#include <optional>
#include <vector>

#include "core/exercise/segment_signals.h"
#include "core/exercise/repetition.h"

namespace matside::exercise {

/// Lifts of one leg as they were read in earlier repetitions, degrees.
using LiftHistory = std::vector<double>;

/// What is known of a leg beside the repetition itself.
struct LegContext {
  bool hidden = false;  ///< the far leg: its resting knee is guessed
  bool wanted = false;  ///< the level asks for a lift: what is usual is then no error
};

/// The lift over the top of the kicks, by the knee and by the ankle, each as far as it can be
/// knee_raw. Where no lift is wanted, what this person's leg usually reads is taken off, up to
/// what a reading can be wrong by. Nothing where the leg was not seen there. Adds what was read
/// to `earlier`.
std::optional<ThighLift> estimate_thigh_lift(const SegmentSignals& signals, const Repetition& rep,
                                       LegContext leg, LiftHistory& earlier);

}  // namespace matside::exercise
