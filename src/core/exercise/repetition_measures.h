// Measures of a repetition and of a set, each with its uncertainty (movement.md 4,
// docs/measures.md).
#pragma once

#include <span>
#include <vector>

#include "core/exercise/definition.h"
#include "core/exercise/measured_value.h"
#include "core/exercise/repetition.h"
#include "core/exercise/segment_signals.h"
#include "core/kinematics/rest_baseline.h"

namespace matside::exercise {

/// Measures a repetition whose ends and kicks are known.
/// @param knee its own leg's flexion above rest, degrees
/// @returns measures that are absent where they can't be known well enough
Measures measure_repetition(const SegmentSignals& signals,
                            const std::vector<signal::Sample>& knee,
                            const kinematics::RestPose& rest, const Repetition& repetition,
                            const Definition& definition);

/// Means, variation, symmetry and change of a set, from its repetitions' measures. A value is
/// absent where too few repetitions have it.
SetMeasures measure_set(std::span<const Repetition> repetitions, const MeasurementRules& rules);

}  // namespace matside::exercise
