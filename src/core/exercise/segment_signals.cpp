#include "core/exercise/segment_signals.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/exercise/swapped_legs.h"
#include "core/kinematics/leg_angles.h"
#include "core/signal/smoother.h"

namespace matside::exercise {
namespace {

using base::Seconds;
using signal::Sample;
using signal::WeightedSample;

// As kMinNoiseDeg, for lengths in thigh lengths: about a pixel where the thigh has sixty.
constexpr double kMinNoiseThighs = 0.015;
// A knee does not jump: where frames contradict each other, the minority loses its weight.
void downweight_jumps(std::vector<WeightedSample>& samples, const MeasurementRules& rules) {
  const auto apart_s = [&](std::size_t i, std::size_t j) {
    return std::abs((samples[j].time - samples[i].time).value());
  };
  std::vector<double> share(samples.size(), 1.0);
  std::size_t first = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    double agreeing = 1e-6;
    double contradicting = 0.0;
    while (apart_s(first, i) > rules.jump_window.value) ++first;
    for (std::size_t j = first; j < samples.size(); ++j) {
      if (j == i) continue;
      if (apart_s(i, j) > rules.jump_window.value) break;
      const bool jump = std::abs(samples[j].value - samples[i].value) >
                        rules.knee_jump.value + rules.knee_speed_max.value * apart_s(i, j);
      (jump ? contradicting : agreeing) += samples[j].weight;
    }
    share[i] = agreeing / (agreeing + contradicting);
  }
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i].weight *= share[i] * share[i] * share[i];
  }
}

// A camera's frames are evenly spaced: how far their times stray from that is how uncertain
// they are. Frames that are missing leave gaps of several steps.
Seconds time_noise(const std::vector<kinematics::BodyFrame>& frames) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < frames.size(); ++i)
    steps.push_back((frames[i].time - frames[i - 1].time).value());
  std::vector<double> sorted = steps;
  const double usual = signal::median(sorted).value_or(0.0);
  if (!(usual > 0.0)) return {};
  for (double& step : steps) step -= usual * std::max(1.0, std::round(step / usual));
  // Both ends of a step stray.
  return Seconds(signal::robust_deviation(steps) / std::numbers::sqrt2);
}

// Samples of the trunk, unsmoothed.
struct Trunk {
  std::vector<WeightedSample> hip;
  std::vector<WeightedSample> chest;
  std::vector<WeightedSample> neck;
};

// Where the near hip or shoulder is seen less well, the far one replaces it, at another
// place: frames below `score_min` are left out.
void add_trunk(const kinematics::BodyFrame& b, const kinematics::RestPose& rest,
               double score_min, Trunk& out) {
  if (b.trunk_score < score_min) return;
  out.hip.push_back(
      {b.time, kinematics::height_above_px(b.hip, rest.hip) / std::max(1.0, rest.thigh_px)});
  out.chest.push_back({b.time, (chest_incline(rest, b) - rest.trunk_incline).value()});
  out.neck.push_back({b.time, neck_angle_change(rest, b).value()});
}

void add_legs(const kinematics::BodyFrame& b, const kinematics::RestPose& rest,
              const kinematics::LegPair& legs, pose::Side label, double clear_deg,
              SegmentSignals& out) {
  const kinematics::LegAngles& raised = legs.raised;
  const double knee_deg = raised.knee_flexion.value();
  out.knee_raw.push_back({b.time, knee_deg, raised.knee_weight});
  out.knee_from_joints.push_back({b.time, raised.knee_from_joints.value()});
  const auto leg = pose::index(legs.raised_label);
  const auto by_knee = kinematics::thigh_lift_by_knee(*b.legs[leg], rest.legs[leg]);
  const auto by_ankle = kinematics::thigh_lift_by_ankle(*b.legs[leg], rest.legs[leg]);
  out.thigh.push_back({b.time, by_knee.value()});
  out.thigh_from_ankle.push_back({b.time, by_ankle.value()});
  if (const auto& knee = b.legs[leg]->knee_3d) {
    const double seen_deg = rest.legs[leg].knee_flexion.value() + knee_deg;
    out.knee_3d.push_back({b.time, knee->flexion.value() - seen_deg, knee->deviation.value()});
  }
  double clarity = 0.0;
  if (legs.other) {
    const double other_deg = legs.other->knee_flexion.value();
    out.other.push_back({b.time, other_deg, legs.other->knee_weight});
    clarity = std::clamp((knee_deg - other_deg) / clear_deg, 0.0, 1.0);
  }
  out.legs.push_back({b.time, label, clarity, raised.knee_weight, knee_deg, legs.shank_ratio});
}

void smooth(const Trunk& trunk, const MeasurementRules& rules, SegmentSignals& out) {
  downweight_jumps(out.knee_raw, rules);
  out.knee_noise_deg = std::clamp(signal::sampling_noise(out.knee_raw), kMinNoiseDeg,
                                  rules.noise_max_frame.value);
  for (const signal::SmoothedSample& s :
       signal::smooth_with_deviation(out.knee_raw, kMovementCutoffHz, kMinNoiseDeg)) {
    out.knee.push_back({s.time, s.value});
    out.knee_deviation.push_back(s.deviation * out.knee_noise_deg);
  }
  out.other_smooth = signal::smooth_zero_lag(out.other, kMovementCutoffHz, kMinNoiseDeg);
  out.hip_rise = signal::smooth_zero_lag(trunk.hip, kMovementCutoffHz, kMinNoiseThighs);
  out.chest = signal::smooth_zero_lag(trunk.chest, kMovementCutoffHz, kMinNoiseDeg);
  out.neck = signal::smooth_zero_lag(trunk.neck, kMovementCutoffHz, kMinNoiseDeg);
}

}  // namespace

SegmentSignals segment_signals(const MovementSegment& segment, const Definition& definition) {
  SegmentSignals out;
  out.rest_noise = segment.noise;
  Trunk trunk;
  kinematics::RaisedLegTracker raised_leg(Seconds(definition.repetition.leg_loss.value));
  out.in_space = std::ranges::any_of(segment.frames, &kinematics::BodyFrame::in_space);
  std::vector<std::optional<kinematics::LegPair>> seen;
  seen.reserve(segment.frames.size());
  for (const kinematics::BodyFrame& body : segment.frames)
    seen.push_back(kinematics::measure_legs(body, segment.rest));
  const std::vector<bool> swapped = out.in_space
                                        ? std::vector<bool>(segment.frames.size(), false)
                                        : swapped_legs(segment.frames, seen, definition.side);
  kinematics::BodyFrame swapped_body;
  for (std::size_t i = 0; i < segment.frames.size(); ++i) {
    if (swapped[i]) swapped_body = with_legs_swapped(segment.frames[i]);
    const kinematics::BodyFrame& body = swapped[i] ? swapped_body : segment.frames[i];
    add_trunk(body, segment.rest, definition.measurement.trunk_score_min.value, trunk);
    const auto legs = swapped[i] ? kinematics::measure_legs(body, segment.rest) : seen[i];
    if (!legs || raised_leg.is_occluded(body.time, *legs)) continue;
    const pose::Side said = swapped[i] ? pose::other(legs->raised_label) : legs->raised_label;
    add_legs(body, segment.rest, *legs, said, definition.side.clear_difference.value, out);
  }
  out.time_noise = time_noise(segment.frames);
  smooth(trunk, definition.measurement, out);
  return out;
}

std::vector<Sample> samples_between(const std::vector<Sample>& samples, base::Seconds from,
                                    base::Seconds to) {
  std::vector<Sample> out;
  std::copy_if(samples.begin(), samples.end(), std::back_inserter(out),
               [&](const Sample& s) { return s.time >= from && s.time <= to; });
  return out;
}

}  // namespace matside::exercise
