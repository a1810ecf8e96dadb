#include "core/exercise/segment_signals.h"

#include <algorithm>
#include <cmath>

#include "core/exercise/swapped_legs.h"
#include "core/kinematics/leg_angles.h"
#include "core/signal/smoother.h"

namespace matside::exercise {
namespace {

using signal::Sample;
using signal::WeightedSample;

// Human movement of this kind has no content above 6 Hz (movement.md 6).
constexpr double kCutoffHz = 6.0;
// Nothing in a picture is read better than this: about a pixel where the thigh has sixty.
constexpr double kMinNoiseDeg = 1.0;
constexpr double kMinNoiseThighs = 0.015;
// At few frames a second movement itself looks like noise; more than this is not noise but
// joints put in the wrong place, and those lose their weight.
constexpr double kMaxNoiseDeg = 3.0;
// The legs are told apart with full clarity from this difference on.
constexpr double kClearDeg = 30.0;

constexpr base::Seconds kJumpWindow(0.2);
// Where the near hip or shoulder is seen less well, the far one stands in: not the same place.
constexpr double kMinTrunkScore = 0.3;

// A knee does not jump: of frames that contradict each other the minority loses its weight.
void downweight_jumps(std::vector<WeightedSample>& samples) {
  std::vector<double> share(samples.size(), 1.0);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    double agreeing = 1e-6;
    double contradicting = 0.0;
    for (std::size_t j = 0; j < samples.size(); ++j) {
      const double apart_s = std::abs((samples[j].time - samples[i].time).value());
      if (j == i || apart_s > kJumpWindow.value()) continue;
      const bool jump =
          std::abs(samples[j].value - samples[i].value) > kJumpDeg + kMaxKneeSpeedDegPerS * apart_s;
      (jump ? contradicting : agreeing) += samples[j].weight;
    }
    share[i] = agreeing / (agreeing + contradicting);
  }
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i].weight *= share[i] * share[i] * share[i];
  }
}

// Samples of the trunk, unsmoothed.
struct Trunk {
  std::vector<WeightedSample> hip;
  std::vector<WeightedSample> chest;
  std::vector<WeightedSample> neck;
};

void add_trunk(const kinematics::BodyFrame& b, const kinematics::RestPose& rest, Trunk& out) {
  if (b.trunk_score < kMinTrunkScore) return;
  out.hip.push_back(
      {b.time, kinematics::height_above_px(b.hip, rest.hip) / std::max(1.0, rest.thigh_px)});
  out.chest.push_back({b.time, (chest_incline(rest, b) - rest.trunk_incline).value()});
  out.neck.push_back({b.time, neck_angle_change(rest, b).value()});
}

void add_legs(const kinematics::BodyFrame& b, const kinematics::RestPose& rest,
              const kinematics::LegPair& legs, pose::Side label, SegmentSignals& out) {
  const kinematics::LegAngles& raised = legs.raised;
  const double knee_deg = raised.knee_flexion.value();
  out.knee_raw.push_back({b.time, knee_deg, raised.knee_weight});
  out.knee_from_joints.push_back({b.time, raised.knee_from_joints.value()});
  out.thigh.push_back({b.time, raised.thigh_lift.value()});
  out.thigh_from_ankle.push_back({b.time, raised.thigh_lift_by_ankle.value()});
  const auto leg = pose::index(legs.raised_label);
  if (const auto& knee = b.legs[leg]->knee_3d) {
    const double seen_deg = rest.legs[leg].knee_flexion.value() + knee_deg;
    out.knee_3d.push_back({b.time, knee->flexion.value() - seen_deg, knee->deviation.value()});
  }
  double clarity = 0.0;
  if (legs.other) {
    const double other_deg = legs.other->knee_flexion.value();
    out.other.push_back({b.time, other_deg, legs.other->knee_weight});
    clarity = std::clamp((knee_deg - other_deg) / kClearDeg, 0.0, 1.0);
  }
  out.legs.push_back({b.time, label, clarity, raised.knee_weight, knee_deg, legs.shank_ratio});
}

void smooth(const Trunk& trunk, SegmentSignals& out) {
  downweight_jumps(out.knee_raw);
  out.knee_noise_deg =
      std::clamp(signal::sampling_noise(out.knee_raw), kMinNoiseDeg, kMaxNoiseDeg);
  for (const signal::SmoothedSample& s :
       signal::smooth_with_deviation(out.knee_raw, kCutoffHz, kMinNoiseDeg)) {
    out.knee.push_back({s.time, s.value});
    out.knee_deviation.push_back(s.deviation * out.knee_noise_deg);
  }
  out.other_smooth = signal::smooth_zero_lag(out.other, kCutoffHz, kMinNoiseDeg);
  out.hip_rise = signal::smooth_zero_lag(trunk.hip, kCutoffHz, kMinNoiseThighs);
  out.chest = signal::smooth_zero_lag(trunk.chest, kCutoffHz, kMinNoiseDeg);
  out.neck = signal::smooth_zero_lag(trunk.neck, kCutoffHz, kMinNoiseDeg);
}

}  // namespace

SegmentSignals segment_signals(const MovementSegment& bend) {
  SegmentSignals out;
  out.rest_noise = bend.noise;
  Trunk trunk;
  kinematics::RaisedLegTracker raised_leg;
  const std::vector<bool> swapped = swapped_legs(bend.frames, bend.rest);
  for (std::size_t i = 0; i < bend.frames.size(); ++i) {
    const kinematics::BodyFrame body =
        swapped[i] ? with_legs_swapped(bend.frames[i]) : bend.frames[i];
    add_trunk(body, bend.rest, trunk);
    const auto legs = kinematics::measure_legs(body, bend.rest);
    if (!legs || raised_leg.is_occluded(body.time, *legs)) continue;
    const pose::Side said = swapped[i] ? pose::other(legs->raised_label) : legs->raised_label;
    add_legs(body, bend.rest, *legs, said, out);
  }
  smooth(trunk, out);
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
