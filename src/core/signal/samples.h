// A signal sampled at uneven times.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/base/quantity.h"

namespace matside::signal {

/// A value at a time.
struct Sample {
  base::Seconds time;
  double value = 0.0;
};

/// A sample with its weight, above 0 to 1.
struct WeightedSample {
  base::Seconds time;
  double value = 0.0;
  double weight = 1.0;
};

/// A turning point of a signal.
struct Extremum {
  base::Seconds time;
  double value = 0.0;
  bool is_maximum = false;
};

/// Slope per second of the straight line fitted to the samples, 0 for fewer than two.
double slope(std::span<const Sample> samples);

/// Maxima and minima in turn, each at least `prominence` away from its neighbours. The ends of
/// the signal are not turning points.
std::vector<Extremum> turning_points(std::span<const Sample> samples, double prominence);

/// The first time at or after `from` at which the signal falls through `level`, interpolated
/// linearly; nothing if it doesn't.
std::optional<base::Seconds> falling_crossing(std::span<const Sample> samples, double level,
                                              base::Seconds from);

/// The median, or nothing for no values. Reorders `values`.
std::optional<double> median(std::vector<double>& values);

/// Robust standard deviation: 1.4826 times the median distance from the median.
double robust_deviation(std::span<const double> values);

/// Noise of a sampled signal: the robust deviation of each sample from the mean of its
/// neighbours, scaled so that white noise gives its standard deviation. Slow motion has no
/// influence.
double sampling_noise(std::span<const WeightedSample> samples);

}  // namespace matside::signal
