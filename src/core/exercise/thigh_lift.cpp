#include "core/exercise/thigh_lift.h"

#include <algorithm>
#include <cmath>

#include "core/base/math.h"

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

double usual(std::vector<double> readings) { return signal::median(readings).value_or(0.0); }

// How a network errs on a leg that is seen in a picture, degrees.
struct LegErrors {
  double bias = 0.0;            // all lifts are read this much too high ...
  double bias_deviation = 0.0;  // ... give or take this, the same in each repetition
  double knee = 0.0;            // standard deviation at the knee, new in each repetition
};

LegErrors errors_of(const SegmentSignals& signals, LegContext leg,
                    const MeasurementRules& rules) {
  const double rest_deg = signals.rest_noise.thigh_deg;
  if (leg.in_space) return {0.0, 0.0, rest_deg};
  if (leg.hidden) {
    return {rules.thigh_far_bias.value, rules.thigh_far_bias_deviation.value,
            rules.thigh_far_noise_ratio.value * rest_deg};
  }
  return {rules.thigh_near_bias.value, rules.thigh_near_bias_deviation.value,
          rules.thigh_near_noise_ratio.value * rest_deg};
}

// Of a lift read `repetitions` times. The more often, the better it is known how far knee and
// ankle are apart, and the more their mean is better than the knee alone.
double reading_deviation(const LegErrors& errors, double knee_weight, double repetitions) {
  return errors.knee * std::sqrt(1.0 - (1.0 - knee_weight) * (1.0 - 1.0 / repetitions));
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
  const auto before = static_cast<double>(earlier.lifts.size());
  earlier.apart.push_back(*by_ankle - *by_knee);
  // The weights are the inverse squares of what is new in each repetition at knee and ankle.
  const double at_knee = rules.thigh_knee_weight.value;
  const double read_deg =
      at_knee * *by_knee + (1.0 - at_knee) * (*by_ankle - usual(earlier.apart));
  const LegErrors errors = errors_of(signals, leg, rules);
  const double reading_deg = reading_deviation(errors, at_knee, before + 1.0);
  ThighLift out;
  out.lift = Degrees(read_deg - errors.bias);
  out.deviation = Degrees(base::hypot(reading_deg, errors.bias_deviation));
  if (before >= rules.thigh_history_min.value) {
    const double usual_deg = usual(earlier.lifts);
    out.beyond_usual = Degrees(read_deg - usual_deg);
    out.beyond_deviation = Degrees(reading_deg * std::sqrt(1.0 + 1.0 / before));
    if (!leg.wanted && !leg.in_space) {
      const double most = rules.thigh_error_max.value * errors.bias_deviation;
      out.lift =
          Degrees(read_deg - std::clamp(usual_deg, errors.bias - most, errors.bias + most));
    }
  }
  earlier.lifts.push_back(read_deg);
  return out;
}

}  // namespace matside::exercise
