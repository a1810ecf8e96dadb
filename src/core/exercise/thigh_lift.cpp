#include "core/exercise/thigh_lift.h"

#include <algorithm>

namespace matside::exercise {
namespace {

using base::Degrees;
using base::Seconds;

// While the leg moves, networks place a lying knee too high: only the top is read.
std::optional<double> median_at_top(const std::vector<signal::Sample>& samples,
                                    const Repetition& rep, Seconds window) {
  std::vector<double> lifts;
  for (const signal::Sample& s :
       samples_between(samples, rep.kicks.front().time - window, rep.lowering_start + window)) {
    lifts.push_back(s.value);
  }
  return signal::median(lifts);
}

}  // namespace

std::optional<ThighLift> estimate_thigh_lift(const SegmentSignals& signals,
                                             const Repetition& rep, LegContext leg,
                                             const MeasurementRules& rules,
                                             LiftHistory& earlier) {
  const Seconds window(rules.thigh_window.value);
  const auto by_knee = median_at_top(signals.thigh, rep, window);
  const auto by_ankle = median_at_top(signals.thigh_from_ankle, rep, window);
  if (!by_knee || !by_ankle) return std::nullopt;
  // The weights are the inverse squares of a network's errors at knee and ankle.
  const double at_knee = rules.thigh_knee_weight.value;
  const double read_deg = at_knee * *by_knee + (1.0 - at_knee) * *by_ankle;
  const double network_bias_deg =
      leg.hidden ? rules.thigh_far_bias.value : rules.thigh_near_bias.value;
  const double drawn_up_deg = leg.in_space ? 0.0 : network_bias_deg;
  const double strays = leg.hidden && !leg.in_space ? rules.thigh_far_noise_ratio.value : 1.0;
  ThighLift out{Degrees(read_deg - drawn_up_deg),
                Degrees(strays * signals.rest_noise.thigh_deg), std::nullopt};
  if (static_cast<double>(earlier.size()) >= rules.thigh_history_min.value) {
    LiftHistory sorted = earlier;
    const double usual_deg = signal::median(sorted).value_or(0.0);
    out.beyond_usual = Degrees(read_deg - usual_deg);
    if (!leg.wanted && !leg.in_space) {
      const double most = rules.thigh_error_max.value;
      out.lift = Degrees(read_deg - std::clamp(usual_deg, -most, most));
    }
  }
  earlier.push_back(read_deg);
  return out;
}

}  // namespace matside::exercise
