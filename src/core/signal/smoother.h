// Zero-lag smoothing with weights, which bridges gaps.
#pragma once

#include <span>
#include <vector>

#include "core/base/quantity.h"
#include "core/signal/samples.h"

namespace matside::signal {

/// A sample of the smoothed curve.
struct SmoothedSample {
  base::Seconds time;
  double value = 0.0;
  double deviation = 0.0;  ///< standard deviation, for unit deviation of a sample of weight 1
};

/// Zero-lag smoothing for uneven sampling: the fixed-interval (Rauch-Tung-Striebel) smoother of
/// a point that moves with nearly constant speed. Samples of weight 1 are passed with the gain
/// 1 / (1 + (f / cutoff_hz)^4), a fourth-order Butterworth's power; where weights are small the
/// curve continues with its speed between weighted samples. Samples that differ from their
/// neighbours by more than `noise` lose weight, in a few rounds. Times must rise.
/// @source Rauch, Tung, Striebel 1965, AIAA Journal 3(8)
std::vector<SmoothedSample> smooth_with_deviation(std::span<const WeightedSample> samples,
                                                  double cutoff_hz, double noise);

/// The curve of smooth_with_deviation() alone.
std::vector<Sample> smooth_zero_lag(std::span<const WeightedSample> samples, double cutoff_hz,
                                    double noise);

}  // namespace matside::signal
