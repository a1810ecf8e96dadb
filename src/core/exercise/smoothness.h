// How smooth a lowering is, and how surely that is known.
#pragma once

#include <optional>
#include <span>

#include "core/exercise/measured_value.h"
#include "core/signal/samples.h"

namespace matside::exercise {

/// What a knee's course is off by.
struct KneeNoise {
  double frame_deg = 0.0;   ///< standard deviation of one unsmoothed frame
  double frames = 0.0;      ///< how many there were, each by its weight
  double drift_deg = 0.0;  ///< standard deviation of what comes and goes slowly ...
  double drift_time_s = 1.0;    ///< ... and is forgotten over this long
};

/// SPARC below 4 Hz of the speed of a lowering, whose smoothed knee flexion is `knee`. Noise
/// makes any movement look rougher; what as much noise again does tells how unsure it is.
/// Nothing where too little was seen.
/// @source movement.md 4
std::optional<Measured> lowering_smoothness(std::span<const signal::Sample> knee,
                                            const KneeNoise& noise);

/// The same of a course known without error.
std::optional<double> smoothness(std::span<const signal::Sample> knee);

}  // namespace matside::exercise
