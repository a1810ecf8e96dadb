#include "core/exercise/bend_signals.h"

#include <algorithm>
#include <cmath>

#include "core/kinematics/leg_reading.h"
#include "core/signal/smoother.h"

namespace matside::exercise {
namespace {

using signal::Sample;
using signal::WeightedSample;

// Human movement of this kind has no content above 6 Hz (movement.md 6).
constexpr double kCutoffHz = 6.0;
// Nothing in a picture is read better than this: about a pixel where the thigh has sixty.
constexpr double kLeastNoiseDeg = 1.0;
constexpr double kLeastNoiseThighs = 0.015;
// At few frames a second movement itself looks like noise; more than this is not noise but
// joints put in the wrong place, and those lose their weight.
constexpr double kMostNoiseDeg = 3.0;
// The legs are told apart with full clarity from this difference on.
constexpr double kClearDeg = 30.0;

constexpr base::Seconds kJumpWindow(0.2);
// Where the near hip or shoulder is seen less well, the far one stands in: not the same place.
constexpr double kLeastTrunkScore = 0.3;

// A knee does not jump: of frames that contradict each other the minority loses its weight.
void distrust_jumps(std::vector<WeightedSample>& samples) {
  std::vector<double> share(samples.size(), 1.0);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    double agreeing = 1e-6;
    double contradicting = 0.0;
    for (std::size_t j = 0; j < samples.size(); ++j) {
      const double apart_s = std::abs((samples[j].time - samples[i].time).value());
      if (j == i || apart_s > kJumpWindow.value()) continue;
      const bool jump =
          std::abs(samples[j].value - samples[i].value) > kJumpDeg + kFastestKnee * apart_s;
      (jump ? contradicting : agreeing) += samples[j].weight;
    }
    share[i] = agreeing / (agreeing + contradicting);
  }
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i].weight *= share[i] * share[i] * share[i];
  }
}

}  // namespace

BendSignals measure_bend(const Bend& bend) {
  BendSignals out;
  std::vector<WeightedSample> hip;
  std::vector<WeightedSample> chest;
  std::vector<WeightedSample> neck;
  const kinematics::RestPose& rest = bend.rest;
  out.rest_noise = bend.noise;
  kinematics::RaisedLegMemory raised_leg;
  for (const kinematics::BodyFrame& b : bend.frames) {
    if (b.trunk_score >= kLeastTrunkScore) {
      hip.push_back(
          {b.time, kinematics::rise_px(b.hip, rest.hip) / std::max(1.0, rest.thigh_px)});
      chest.push_back({b.time, (chest_incline(rest, b) - rest.trunk_incline).value()});
      neck.push_back({b.time, nod(rest, b).value()});
    }
    const auto legs = kinematics::read_legs(b, rest);
    if (!legs) continue;
    if (raised_leg.unseen(b.time, *legs)) continue;
    const kinematics::LegReading& raised = legs->raised;
    const double knee_deg = raised.knee_flexion.value();
    out.trusted.push_back({b.time, knee_deg, raised.knee_weight});
    out.as_seen.push_back({b.time, raised.knee_as_seen.value()});
    out.thigh.push_back({b.time, raised.thigh_lift.value()});
    out.thigh_from_ankle.push_back({b.time, raised.thigh_lift_from_ankle.value()});
    const auto label = pose::index(legs->raised_label);
    if (const auto& knee = b.legs[label]->knee_in_space) {
      const double seen_deg = rest.legs[label].knee_flexion.value() + knee_deg;
      out.in_space.push_back(
          {b.time, knee->flexion.value() - seen_deg, knee->deviation.value()});
    }
    double clarity = 0.0;
    if (legs->other) {
      const double other_deg = legs->other->knee_flexion.value();
      out.other.push_back({b.time, other_deg, legs->other->knee_weight});
      clarity = std::clamp((knee_deg - other_deg) / kClearDeg, 0.0, 1.0);
    }
    out.legs.push_back(
        {b.time, legs->raised_label, clarity, raised.knee_weight, knee_deg, legs->shank_ratio});
  }
  distrust_jumps(out.trusted);
  out.knee_noise_deg =
      std::clamp(signal::sampling_noise(out.trusted), kLeastNoiseDeg, kMostNoiseDeg);
  for (const signal::Smoothed& s :
       signal::smooth_with_deviation(out.trusted, kCutoffHz, kLeastNoiseDeg)) {
    out.knee.push_back({s.time, s.value});
    out.knee_deviation.push_back(s.deviation * out.knee_noise_deg);
  }
  for (const signal::Smoothed& s :
       signal::smooth_with_deviation(out.other, kCutoffHz, kLeastNoiseDeg)) {
    out.other_smooth.push_back({s.time, s.value});
  }
  out.hip_rise = signal::smooth_zero_lag(hip, kCutoffHz, kLeastNoiseThighs);
  out.chest = signal::smooth_zero_lag(chest, kCutoffHz, kLeastNoiseDeg);
  out.neck = signal::smooth_zero_lag(neck, kCutoffHz, kLeastNoiseDeg);
  return out;
}

std::vector<Sample> within(const std::vector<Sample>& samples, base::Seconds from,
                           base::Seconds to) {
  std::vector<Sample> out;
  std::copy_if(samples.begin(), samples.end(), std::back_inserter(out),
               [&](const Sample& s) { return s.time >= from && s.time <= to; });
  return out;
}

}  // namespace matside::exercise
