// Measures of a repetition, each with its uncertainty (movement.md 4,
// docs/measures.md).
#pragma once

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

}  // namespace matside::exercise
