#include "agreement/bends.h"

#include <algorithm>
#include <optional>

namespace matside::agreement {
namespace {

using base::Seconds;

constexpr std::size_t kRestDivisor = 5;  // The 20th percentile.
// A shorter one is a disturbance.
constexpr Seconds kShortestBend(0.3);

double rest_of(std::span<const signal::Sample> samples) {
  std::vector<double> values;
  for (const signal::Sample& sample : samples) values.push_back(sample.value);
  const auto rest = values.begin() + static_cast<std::ptrdiff_t>(values.size() / kRestDivisor);
  std::ranges::nth_element(values, rest);
  return *rest;
}

}  // namespace

std::vector<Bend> bends_in(const Curve& curve) {
  std::vector<Bend> bends;
  if (curve.empty()) return bends;
  const double rest = rest_of(curve.samples());
  std::optional<Seconds> lowered;  ///< Last time near rest, without a gap since.
  std::optional<Seconds> previous;
  bool bent = false;
  for (const signal::Sample& sample : curve.samples()) {
    if (previous && sample.time - *previous > kGapIntervals * curve.interval()) {
      lowered.reset();
      bent = false;
    }
    previous = sample.time;
    if (sample.value > rest + kBent_deg) bent = true;
    if (sample.value > rest + kLowered_deg) continue;
    if (bent && lowered && sample.time - *lowered >= kShortestBend) {
      bends.push_back({*lowered, sample.time});
    }
    lowered = sample.time;
    bent = false;
  }
  return bends;
}

}  // namespace matside::agreement
