#include "core/exercise/movement_onset.h"

#include <algorithm>
#include <iterator>

namespace matside::exercise {
namespace {

using base::Seconds;
using signal::Sample;

// Where the samples don't go down to kOnsetLowShare, the low share is a little above their
// lowest; beyond kMaxLowShare there is no estimate. Numerical choices for a course of least
// jerk.
constexpr double kAboveLowest = 0.03;
constexpr double kMaxLowShare = 0.4;
// Halvings until a double no longer changes.
constexpr int kBisections = 40;

/// The share of its time at which a minimum-jerk movement has covered `way` of its distance.
double minimum_jerk_time(double way) {
  double low = 0.0;
  double high = 1.0;
  for (int i = 0; i < kBisections; ++i) {
    const double x = 0.5 * (low + high);
    (x * x * x * (10.0 + x * (6.0 * x - 15.0)) < way ? low : high) = x;
  }
  return low;
}

/// Time from the end to the low share, over the time from the low share to half the way.
double beyond(double low_share) {
  const double low = minimum_jerk_time(low_share);
  return low / (0.5 - low);
}

std::optional<double> low_share(double lowest, double top) {
  const double share = std::max(kOnsetLowShare, lowest / top + kAboveLowest);
  return share <= kMaxLowShare ? std::optional(share) : std::nullopt;
}

/// When the straight line through two samples passes `level`.
Seconds interpolated_crossing(const Sample& a, const Sample& b, double level) {
  return a.time + (b.time - a.time) * ((level - a.value) / (b.value - a.value));
}

}  // namespace

std::optional<Seconds> movement_onset(const std::vector<Sample>& samples,
                                      const signal::Extremum& top) {
  const auto first = std::ranges::lower_bound(samples, top.time, {}, &Sample::time);
  auto half = first;
  while (half != samples.begin() && half->value > 0.5 * top.value) --half;
  if (half == first || half->value > 0.5 * top.value) return std::nullopt;
  const Seconds at_half = interpolated_crossing(*half, *std::next(half), 0.5 * top.value);
  double lowest = half->value;
  for (auto at = half; at != samples.begin() && at->value < 0.5 * top.value; --at) {
    lowest = std::min(lowest, at->value);
  }
  const auto share = low_share(lowest, top.value);
  if (!share) return std::nullopt;
  auto low = half;
  while (low != samples.begin() && low->value > *share * top.value) --low;
  if (low->value > *share * top.value) return std::nullopt;
  const Seconds at_low = interpolated_crossing(*low, *std::next(low), *share * top.value);
  return at_low - (at_half - at_low) * beyond(*share);
}

std::optional<Seconds> movement_offset(const std::vector<Sample>& samples,
                                       const signal::Extremum& top) {
  const auto half = signal::falling_crossing(samples, 0.5 * top.value, top.time);
  if (!half) return std::nullopt;
  double lowest = top.value;
  for (const Sample& s : samples) {
    if (s.time >= *half) lowest = std::min(lowest, s.value);
  }
  const auto share = low_share(lowest, top.value);
  if (!share) return std::nullopt;
  const auto low = signal::falling_crossing(samples, *share * top.value, *half);
  if (!low) return std::nullopt;
  return *low + (*low - *half) * beyond(*share);
}

}  // namespace matside::exercise
