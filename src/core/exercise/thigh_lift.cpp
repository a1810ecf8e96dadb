#include "core/exercise/thigh_lift.h"

#include <algorithm>

namespace matside::exercise {
namespace {

using base::Degrees;
using base::Seconds;

// On the way up and down networks place a lying knee too high; only the top is believed.
constexpr Seconds kTopWindow(0.15);
// Simulated, a lift read by the knee strays half as far as one read by the ankle: the weights
// are the inverse squares.
constexpr double kKneeShare = 0.8;
// Networks draw a raised leg's knee up, the hidden one further
// (tests/support/pose_network_simulator.cpp).
constexpr double kNearKneeBiasDeg = 0.5;
constexpr double kFarKneeBiasDeg = 2.0;
// A hidden thigh's lift strays this much more than the thighs do at rest; a near one's as much.
constexpr double kFarLegNoiseRatio = 1.5;
// A reading can be wrong by this much for one person and camera.
constexpr double kMaxErrorDeg = 5.0;
// So many readings are no chance.
constexpr std::size_t kMinHistory = 3;

std::optional<double> median_at_top(const std::vector<signal::Sample>& samples,
                             const Repetition& rep) {
  std::vector<double> lifts;
  for (const signal::Sample& s :
       samples_between(samples, rep.kicks.front().time - kTopWindow, rep.lowering_start + kTopWindow)) {
    lifts.push_back(s.value);
  }
  return signal::median(lifts);
}

}  // namespace

std::optional<ThighLift> estimate_thigh_lift(const SegmentSignals& signals, const Repetition& rep,
                                       LegContext leg, LiftHistory& earlier) {
  const auto by_knee = median_at_top(signals.thigh, rep);
  const auto by_ankle = median_at_top(signals.thigh_from_ankle, rep);
  if (!by_knee || !by_ankle) return std::nullopt;
  const double read_deg = kKneeShare * *by_knee + (1.0 - kKneeShare) * *by_ankle;
  const double drawn_up_deg = leg.hidden ? kFarKneeBiasDeg : kNearKneeBiasDeg;
  const double strays = leg.hidden ? kFarLegNoiseRatio : 1.0;
  ThighLift out{Degrees(read_deg - drawn_up_deg),
                Degrees(strays * signals.rest_noise.thigh_deg), std::nullopt};
  if (earlier.size() >= kMinHistory) {
    LiftHistory sorted = earlier;
    const double usual_deg = signal::median(sorted).value_or(0.0);
    out.beyond_usual = Degrees(read_deg - usual_deg);
    if (!leg.wanted) {
      out.lift = Degrees(read_deg - std::clamp(usual_deg, -kMaxErrorDeg, kMaxErrorDeg));
    }
  }
  earlier.push_back(read_deg);
  return out;
}

}  // namespace matside::exercise
