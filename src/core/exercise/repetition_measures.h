// Measures of a repetition and of a set (movement.md 4), each with its uncertainty.
#pragma once

#include <span>
#include <vector>

#include "core/exercise/segment_signals.h"
#include "core/exercise/measured_value.h"
#include "core/exercise/repetition.h"
#include "core/kinematics/rest_baseline.h"

namespace matside::exercise {

/// An angle of a bent knee in the picture within 20 degrees of square is off by a few degrees
/// by geometry and by a few by its joints (movement.md 5.5).
inline constexpr double kImageAngleDeviationDeg = 5.0;
/// A kick's angle is read this far round its top.
inline constexpr base::Seconds kKickPeakWindow(0.25);

/// Measures a repetition whose edges and kicks are known. `knee` is its own leg's flexion above
/// rest.
Measures measure_repetition(const SegmentSignals& signals, const std::vector<signal::Sample>& knee,
                 const kinematics::RestPose& rest, const Repetition& repetition);

/// Measures a set by its repetitions' own measures.
SetMeasures measure_set(std::span<const Repetition> repetitions);

}  // namespace matside::exercise
