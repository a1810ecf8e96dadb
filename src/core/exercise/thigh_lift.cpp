#include "core/exercise/thigh_lift.h"

#include <algorithm>

namespace matside::exercise {
namespace {

using base::Degrees;
using base::Seconds;

// On the way up and down networks place a lying knee too high; only the top is believed.
constexpr Seconds kRoundTop(0.15);
// Simulated, a lift read by the knee strays half as far as one read by the ankle: the weights
// are the inverse squares.
constexpr double kKneeShare = 0.8;
// Networks draw a raised leg's knee up, the hidden one further
// (tests/support/pose_network.cpp).
constexpr double kDrawnUpDeg = 0.5;
constexpr double kHiddenDrawnUpDeg = 2.0;
// A hidden thigh's lift strays this much more than the thighs do at rest; a near one's as much.
constexpr double kHiddenStrays = 1.5;
// A reading can be wrong by this much for one person and camera.
constexpr double kMostErrorDeg = 5.0;
// So many readings are no chance.
constexpr std::size_t kUsual = 3;

std::optional<double> middle(const std::vector<signal::Sample>& samples,
                             const Repetition& rep) {
  std::vector<double> lifts;
  for (const signal::Sample& s :
       within(samples, rep.kicks.front().time - kRoundTop, rep.lowering_start + kRoundTop)) {
    lifts.push_back(s.value);
  }
  return signal::median(lifts);
}

}  // namespace

std::optional<ThighLift> thigh_lift_of(const BendSignals& signals, const Repetition& rep,
                                       LiftedLeg leg, EarlierLifts& earlier) {
  const auto by_knee = middle(signals.thigh, rep);
  const auto by_ankle = middle(signals.thigh_from_ankle, rep);
  if (!by_knee || !by_ankle) return std::nullopt;
  const double read_deg = kKneeShare * *by_knee + (1.0 - kKneeShare) * *by_ankle;
  const double drawn_up_deg = leg.hidden ? kHiddenDrawnUpDeg : kDrawnUpDeg;
  const double strays = leg.hidden ? kHiddenStrays : 1.0;
  ThighLift out{Degrees(read_deg - drawn_up_deg),
                Degrees(strays * signals.rest_noise.thigh_deg), std::nullopt};
  if (earlier.size() >= kUsual) {
    EarlierLifts sorted = earlier;
    const double usual_deg = signal::median(sorted).value_or(0.0);
    out.beyond_usual = Degrees(read_deg - usual_deg);
    if (!leg.wanted) {
      out.lift = Degrees(read_deg - std::clamp(usual_deg, -kMostErrorDeg, kMostErrorDeg));
    }
  }
  earlier.push_back(read_deg);
  return out;
}

}  // namespace matside::exercise
