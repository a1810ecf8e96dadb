#include "core/exercise/kicking_side.h"

#include <algorithm>
#include <cmath>

#include "core/base/math.h"

namespace matside::exercise {
namespace {

using base::Seconds;

// Even a frame without weight counts this much, so that unclear frames lower the certainty.
constexpr double kMinLabelWeight = 0.05;
// Lengths are compared once they have the weight of one clear frame.
constexpr double kMinLengthWeight = 1.0;

struct Mean {
  double sum = 0.0;
  double weight = 0.0;
  void add(double value, double w) {
    sum += w * value;
    weight += w;
  }
  [[nodiscard]] double value() const { return weight > 0.0 ? sum / weight : 0.0; }
};

// +1: the labels all say left; -1: all right.
double labels(const SegmentSignals& signals, Seconds from, Seconds to, const SideRules& rules) {
  Mean mean;
  for (const LegEvidence& e : signals.legs) {
    if (e.time < from || e.time > to || e.raised_deg < rules.label_flexion_min.value) continue;
    const double said = e.label == pose::Side::left ? 1.0 : -1.0;
    mean.add(said, e.clarity * std::max(kMinLabelWeight, e.weight));
  }
  return mean.value();
}

double from_shank_length(const SegmentSignals& signals, Seconds from, Seconds to,
                         const SideRules& rules) {
  std::array<Mean, 2> ratio;
  for (const LegEvidence& e : signals.legs) {
    if (e.time < from || e.time > to) continue;
    for (std::size_t side = 0; side < 2; ++side) ratio[side].add(e.shank_ratio[side], e.weight);
  }
  if (!(ratio[0].weight > kMinLengthWeight)) return 0.0;
  const auto misfit = [&](std::size_t side) {
    const double off = (ratio[side].value() - 1.0) / rules.shank_ratio_deviation.value;
    return 0.5 * off * off;
  };
  const double most = rules.shank_log_odds_max.value;
  return std::clamp(misfit(1) - misfit(0), -most, most);
}

struct Top {
  Seconds up;
  Seconds down;
};

// When the foot rises above `top_share` of its greatest height, and when it falls below it.
Top top_of(const SegmentSignals& signals, Seconds start, Seconds end, double top_share) {
  const std::vector<signal::Sample> knee = samples_between(signals.knee, start, end);
  double peak = 0.0;
  for (const signal::Sample& s : knee) peak = std::max(peak, s.value);
  Top top{end, start};
  for (const signal::Sample& s : knee) {
    if (s.value < top_share * peak) continue;
    top.up = std::min(top.up, s.time);
    top.down = std::max(top.down, s.time);
  }
  return top;
}

// Of a source that knows left from right: the leg that was the raised one for most of the time.
SideEstimate known_side(double left) {
  SideEstimate estimate;
  estimate.more_likely_side = left >= 0.0 ? pose::Side::left : pose::Side::right;
  estimate.confidence = 0.5 + 0.5 * std::abs(left);
  if (left != 0.0) estimate.side = left > 0.0 ? KickingSide::left : KickingSide::right;
  return estimate;
}

}  // namespace

SideEstimate estimate_kicking_side(const SegmentSignals& signals, Seconds start, Seconds end,
                                   std::optional<pose::Side> last_side,
                                   const Definition& definition) {
  const SideRules& rules = definition.side;
  if (signals.in_space) return known_side(labels(signals, start, end, rules));
  const auto [up, down] = top_of(signals, start, end, definition.measurement.top_share.value);
  double left = rules.rising_log_odds.value * labels(signals, start, up, rules) +
                rules.top_log_odds.value * labels(signals, up, down, rules) +
                rules.lowering_log_odds.value * labels(signals, down, end, rules) +
                from_shank_length(signals, up, down, rules);
  const double alternates = rules.alternation_log_odds.value;
  if (last_side) left += *last_side == pose::Side::right ? alternates : -alternates;
  SideEstimate estimate;
  estimate.more_likely_side = left >= 0.0 ? pose::Side::left : pose::Side::right;
  estimate.confidence = 1.0 / (1.0 + base::exp(-std::abs(left)));
  if (std::abs(left) >= rules.decision_log_odds.value) {
    estimate.side = left > 0.0 ? KickingSide::left : KickingSide::right;
  }
  return estimate;
}

}  // namespace matside::exercise
