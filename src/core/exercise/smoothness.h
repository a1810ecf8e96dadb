// How smooth a lowering is, with its uncertainty.
#pragma once

#include <optional>
#include <span>

#include "core/exercise/measured_value.h"
#include "core/signal/samples.h"

namespace matside::exercise {

/// The errors of a knee's curve.
struct KneeNoise {
  double frame_deg = 0.0;          ///< standard deviation of one unsmoothed frame
  double frames = 0.0;             ///< number of frames, each by its weight
  double drift_deg = 0.0;          ///< standard deviation of the slow error ...
  double drift_time_s = 1.0;       ///< ... and is forgotten over this long
  double network_deviation = 0.0;  ///< standard deviation that networks add to any smoothness
};

/// Spectral arc length (SPARC), below 4 Hz, of the speed of a lowering; negative, closer to 0
/// is smoother. Noise makes any movement look rougher: adding as much noise again shows how
/// uncertain the value is. The same input gives the same value.
/// @param knee smoothed knee flexion of the lowering, degrees
/// @returns nothing for fewer than 6 frames, gaps over 0.25 s or less than one frame's weight
/// @source movement.md 4
std::optional<Measured> lowering_smoothness(std::span<const signal::Sample> knee,
                                            const KneeNoise& noise);

/// The value alone, of a curve without errors.
std::optional<double> smoothness(std::span<const signal::Sample> knee);

}  // namespace matside::exercise
