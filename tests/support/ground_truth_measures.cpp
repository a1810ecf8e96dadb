#include "tests/support/ground_truth_measures.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numbers>
#include <vector>

#include "core/exercise/smoothness.h"
#include "tests/support/ground_truth_faults.h"
#include "tests/support/joint_motion.h"
#include "tests/support/practice.h"

namespace matside::support {
namespace {

constexpr double kStepS = 0.005;
constexpr double kStartDeg = 20.0;
constexpr double kEarlyDeg = 60.0;
constexpr double kStillThighs = 0.04;
constexpr double kSetOutThighs = 0.03;
constexpr double kSetOutHoldS = 0.1;
constexpr double kLoweredDeg = 3.5;  // half a kick's prominence below the kick
constexpr double kChestHoldS = 1.0;

using Curve = std::function<double(double)>;

std::optional<double> rises_through(const Curve& curve, double level, double from_s,
                                    double to_s) {
  for (double t = from_s; t < to_s; t += kStepS) {
    if (curve(t) < level && curve(t + kStepS) >= level) return t;
  }
  return std::nullopt;
}

double lowering_start(const Curve& knee, double from_s, double to_s) {
  const double top = knee(from_s);
  double start = from_s;
  for (double t = from_s; t < to_s; t += kStepS) {
    if (knee(t) > top - kLoweredDeg) start = t;
  }
  return start;
}

std::optional<double> moves_at(const Curve& hip, const Curve& knee, double from_s,
                               double kick_s) {
  double held_s = 0.0;
  double set_out_deg = 0.0;
  for (double t = from_s; t < kick_s && knee(t) < kEarlyDeg; t += kStepS) {
    if (hip(t) < kSetOutThighs) {
      held_s = 0.0;
      continue;
    }
    if (held_s == 0.0) set_out_deg = knee(t);
    held_s += kStepS;
    if (held_s > kSetOutHoldS) return set_out_deg;
  }
  return std::nullopt;
}

double share_within(const Curve& curve, double bound, double from_s, double to_s) {
  double inside = 0.0;
  double all = 0.0;
  for (double t = from_s; t < to_s; t += kStepS) {
    all += 1.0;
    if (std::abs(curve(t)) <= bound) inside += 1.0;
  }
  return inside / all;
}

double lowest_held(const Curve& curve, double from_s, double to_s) {
  const double hold_s = std::min(kChestHoldS, to_s - from_s);
  const auto steps = static_cast<std::size_t>(hold_s / kStepS);
  std::vector<double> sums{0.0};
  for (double t = from_s; t < to_s; t += kStepS) sums.push_back(sums.back() + curve(t));
  double lowest = sums.back() / static_cast<double>(sums.size() - 1);
  for (std::size_t i = steps; i < sums.size(); ++i) {
    lowest = std::min(lowest, (sums[i] - sums[i - steps]) / static_cast<double>(steps));
  }
  return lowest;
}

std::optional<double> smoothness(const Curve& knee, double from_s, double to_s) {
  std::vector<signal::Sample> samples;
  for (double t = from_s; t <= to_s; t += kStepS)
    samples.push_back({base::Seconds(t), knee(t)});
  return exercise::smoothness(samples);
}

}  // namespace

GroundTruthMeasures true_measures(const Practice& practice, const JointMotion& movement,
                                  const RepetitionPlan& plan, const RepetitionTimes& outline,
                                  const GroundTruthRepetition& repetition) {
  const std::size_t side = pose::index(plan.side);
  const Curve knee = [&](double t) { return movement.knee_deg[side].at(t); };
  const double half_pelvis_m = practice.body.hip_half_width_ratio * practice.body.height_m;
  const double sign = practice.camera.side == pose::Side::left ? 1.0 : -1.0;
  const Curve hip = [&](double t) {
    const Posture p = movement.at(t);
    const double roll = p.pelvis_roll_deg * std::numbers::pi / 180.0;
    return (p.hip_rise_m + sign * half_pelvis_m * std::sin(roll)) / practice.body.thigh_m();
  };
  const Curve chest = [&](double t) {
    return movement.at(t).trunk_incline_deg - practice.trunk_incline_deg;
  };
  const double first_kick = repetition.kicks.front().time_s;
  const double last_kick = repetition.kicks.back().time_s;
  const double lowering = lowering_start(knee, last_kick, outline.end_s);
  // The heel arrives and may stay.
  const double arrival_s = -0.5 * plan.hold_s;
  const bool one = repetition.kicks.size() == 1;
  GroundTruthMeasures out;
  for (const GroundTruthKick& k : repetition.kicks) {
    out.greatest_bend_deg = std::max(out.greatest_bend_deg.value_or(0.0), knee(k.time_s));
  }
  if (const auto start = rises_through(knee, kStartDeg, outline.start_s, first_kick)) {
    out.rise_s = first_kick + (one ? arrival_s : 0.0) - *start;
  }
  if (!one) {
    out.beat_interval_s =
        (last_kick + arrival_s - first_kick) / static_cast<double>(repetition.kicks.size() - 1);
  }
  out.transit_70_20_s = repetition.transit_70_20_s;
  if (plan.stop_short_deg < kStartDeg) {
    out.duration_s = outline.end_s - outline.start_s;
    out.lowering_s = outline.end_s - lowering;
    out.lowering_smoothness = smoothness(knee, lowering, outline.end_s);
  }
  out.hips_still_share = share_within(hip, kStillThighs, outline.start_s, outline.end_s);
  out.hip_moves_at_deg = moves_at(hip, knee, outline.start_s, first_kick);
  out.chest_fall_deg = -lowest_held(chest, outline.start_s, outline.end_s);
  return out;
}

}  // namespace matside::support
