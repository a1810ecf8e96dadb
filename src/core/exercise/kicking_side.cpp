#include "core/exercise/kicking_side.h"

#include <algorithm>
#include <cmath>

namespace matside::exercise {
namespace {

using base::Seconds;

// Full agreement of the labels in a phase is worth this much (log-odds). They are most often
// exchanged at the top, where the two ankles are far apart.
constexpr double kLabelsRising = 2.0;
constexpr double kLabelsTop = 1.5;
constexpr double kLabelsSinking = 2.0;
// A shank's length in the picture is known to this share, and says no more than this much.
constexpr double kRatioSpread = 0.06;
constexpr double kMaxRatioLogOdds = 1.5;
// Sides usually alternate: odds of 7 to 3.
constexpr double kAlternationLogOdds = 0.85;
// The bar: odds of 4 to 1.
constexpr double kMinSideLogOdds = 1.4;
constexpr double kTopShare = 0.6;
// Below this bend the two legs cannot be told apart.
constexpr double kMinDistinguishableDeg = 8.0;

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
double labels(const SegmentSignals& signals, Seconds from, Seconds to) {
  Mean mean;
  for (const LegEvidence& e : signals.legs) {
    if (e.time < from || e.time > to || e.raised_deg < kMinDistinguishableDeg) continue;
    const double said = e.label == pose::Side::left ? 1.0 : -1.0;
    // A frame that tells nothing pulls toward no answer.
    mean.add(said, e.clarity * std::max(0.05, e.weight));
  }
  return mean.value();
}

double from_shank_length(const SegmentSignals& signals, Seconds from, Seconds to) {
  std::array<Mean, 2> ratio;
  for (const LegEvidence& e : signals.legs) {
    if (e.time < from || e.time > to) continue;
    for (std::size_t side = 0; side < 2; ++side) ratio[side].add(e.shank_ratio[side], e.weight);
  }
  if (!(ratio[0].weight > 1.0)) return 0.0;
  const auto misfit = [&](std::size_t side) {
    const double off = (ratio[side].value() - 1.0) / kRatioSpread;
    return 0.5 * off * off;
  };
  return std::clamp(misfit(1) - misfit(0), -kMaxRatioLogOdds, kMaxRatioLogOdds);
}

struct Top {
  Seconds up;
  Seconds down;
};

// When the foot comes up past the greater part of its height and goes down past it again.
Top top_of(const SegmentSignals& signals, Seconds start, Seconds end) {
  const std::vector<signal::Sample> knee = samples_between(signals.knee, start, end);
  double peak = 0.0;
  for (const signal::Sample& s : knee) peak = std::max(peak, s.value);
  Top top{end, start};
  for (const signal::Sample& s : knee) {
    if (s.value < kTopShare * peak) continue;
    top.up = std::min(top.up, s.time);
    top.down = std::max(top.down, s.time);
  }
  return top;
}

}  // namespace

SideEstimate estimate_kicking_side(const SegmentSignals& signals, Seconds start, Seconds end,
                         std::optional<pose::Side> last_side) {
  const auto [up, down] = top_of(signals, start, end);
  double left =
      kLabelsRising * labels(signals, start, up) + kLabelsTop * labels(signals, up, down) +
      kLabelsSinking * labels(signals, down, end) + from_shank_length(signals, up, down);
  if (last_side) left += *last_side == pose::Side::right ? kAlternationLogOdds : -kAlternationLogOdds;
  SideEstimate verdict;
  verdict.more_likely_side = left >= 0.0 ? pose::Side::left : pose::Side::right;
  verdict.confidence = 1.0 / (1.0 + std::exp(-std::abs(left)));
  if (std::abs(left) >= kMinSideLogOdds) {
    verdict.side = left > 0.0 ? KickingSide::left : KickingSide::right;
  }
  return verdict;
}

}  // namespace matside::exercise
