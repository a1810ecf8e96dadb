// The faults of one repetition: measured values against the thresholds of the exercise.
#pragma once

#include <optional>
#include <vector>

#include "core/exercise/definition.h"
#include "core/exercise/repetition.h"
#include "core/exercise/segment_signals.h"

namespace matside::exercise {

/// Knee flexion above rest at which a lowering foot stopped before it was down, degrees;
/// nothing when it came down.
using IncompleteLowering = std::optional<double>;

/// Whether the top of the bend was seen well enough to tell its kicks.
bool kicks_are_well_seen(const SegmentSignals& signals, const Repetition& repetition,
                         const MeasurementRules& rules);

/// Faults of one repetition, most important first; not those of the set. Uses the repetition's
/// times, kicks and whether they were well seen, bend, lift and hip rise, which must be known.
/// @source movement.md 6.3
std::vector<DetectedFault> find_faults(const SegmentSignals& signals,
                                       const Repetition& repetition,
                                       IncompleteLowering stop_angle_deg,
                                       const Definition& definition, const Level& level);

}  // namespace matside::exercise
