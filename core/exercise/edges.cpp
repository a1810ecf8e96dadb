#include "core/exercise/edges.h"

#include <cstddef>

namespace matside::exercise {
namespace {

using base::Seconds;
using signal::Sample;

// A movement of least jerk has made this share of its way ...
constexpr double kLowShare = 0.15;
// ... at this share of its time, and half its way at half its time.
constexpr double kLowTime = 0.2899;
constexpr double kBeyond = kLowTime / (0.5 - kLowTime);

/// Between two samples, when the straight line through them passes `level`.
Seconds between(const Sample& a, const Sample& b, double level) {
  return a.time + (b.time - a.time) * ((level - a.value) / (b.value - a.value));
}

}  // namespace

std::optional<Seconds> rise_began(const std::vector<Sample>& samples,
                                  const signal::Extremum& top) {
  std::optional<Seconds> half;
  for (std::size_t i = samples.size(); i-- > 1;) {
    if (samples[i].time > top.time) continue;
    const Sample& before = samples[i - 1];
    const auto rises_through = [&](double level) {
      return before.value < level && samples[i].value >= level;
    };
    if (!half && rises_through(0.5 * top.value)) {
      half = between(before, samples[i], 0.5 * top.value);
    }
    if (half && rises_through(kLowShare * top.value)) {
      const Seconds low = between(before, samples[i], kLowShare * top.value);
      return low - (*half - low) * kBeyond;
    }
  }
  return std::nullopt;
}

std::optional<Seconds> fall_ended(const std::vector<Sample>& samples,
                                  const signal::Extremum& top) {
  const auto half = signal::falls_through(samples, 0.5 * top.value, top.time);
  if (!half) return std::nullopt;
  const auto low = signal::falls_through(samples, kLowShare * top.value, *half);
  if (!low) return std::nullopt;
  return *low + (*low - *half) * kBeyond;
}

}  // namespace matside::exercise
