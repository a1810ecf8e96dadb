// How far the thigh is lifted during the kicks.
#pragma once

#include <optional>
#include <vector>

#include "core/exercise/repetition.h"
#include "core/exercise/segment_signals.h"

namespace matside::exercise {

/// Readings of one leg in earlier repetitions, degrees.
struct LiftHistory {
  std::vector<double> lifts;  ///< the lift as read
  std::vector<double> apart;  ///< the lift by the ankle minus that by the knee
};

/// What is known about the leg.
struct LegContext {
  bool hidden = false;    ///< the far leg, whose resting knee is hidden
  bool wanted = false;    ///< the level asks for a lift, so the usual lift is no error
  bool in_space = false;  ///< measured in space, without the errors of pose networks
};

/// The lift during the kicks, read at knee and ankle and weighted. What the ankle usually reads
/// more than this leg's knee is subtracted from it first: a network misplaces the same leg
/// alike in every repetition. Where no lift is wanted, the leg's usual reading is subtracted
/// too, up to what an error can be. A lift in space is taken as it is. Appends the readings to
/// `earlier`.
/// @returns nothing where the leg was not seen during the kicks
std::optional<ThighLift> estimate_thigh_lift(const SegmentSignals& signals,
                                             const Repetition& rep, LegContext leg,
                                             const MeasurementRules& rules,
                                             LiftHistory& earlier);

}  // namespace matside::exercise
