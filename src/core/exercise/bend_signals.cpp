#include "core/exercise/bend_signals.h"

#include <algorithm>
#include <cmath>

#include "core/exercise/exchanged_legs.h"
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

// Samples of the trunk, unsmoothed.
struct Trunk {
  std::vector<WeightedSample> hip;
  std::vector<WeightedSample> chest;
  std::vector<WeightedSample> neck;
};

void add_trunk(const kinematics::BodyFrame& b, const kinematics::RestPose& rest, Trunk& out) {
  if (b.trunk_score < kLeastTrunkScore) return;
  out.hip.push_back(
      {b.time, kinematics::rise_px(b.hip, rest.hip) / std::max(1.0, rest.thigh_px)});
  out.chest.push_back({b.time, (chest_incline(rest, b) - rest.trunk_incline).value()});
  out.neck.push_back({b.time, nod(rest, b).value()});
}

void add_legs(const kinematics::BodyFrame& b, const kinematics::RestPose& rest,
              const kinematics::LegPair& legs, pose::Side label, BendSignals& out) {
  const kinematics::LegReading& raised = legs.raised;
  const double knee_deg = raised.knee_flexion.value();
  out.trusted.push_back({b.time, knee_deg, raised.knee_weight});
  out.as_seen.push_back({b.time, raised.knee_as_seen.value()});
  out.thigh.push_back({b.time, raised.thigh_lift.value()});
  out.thigh_from_ankle.push_back({b.time, raised.thigh_lift_from_ankle.value()});
  const auto leg = pose::index(legs.raised_label);
  if (const auto& knee = b.legs[leg]->knee_in_space) {
    const double seen_deg = rest.legs[leg].knee_flexion.value() + knee_deg;
    out.in_space.push_back({b.time, knee->flexion.value() - seen_deg, knee->deviation.value()});
  }
  double clarity = 0.0;
  if (legs.other) {
    const double other_deg = legs.other->knee_flexion.value();
    out.other.push_back({b.time, other_deg, legs.other->knee_weight});
    clarity = std::clamp((knee_deg - other_deg) / kClearDeg, 0.0, 1.0);
  }
  out.legs.push_back({b.time, label, clarity, raised.knee_weight, knee_deg, legs.shank_ratio});
}

void smooth(const Trunk& trunk, BendSignals& out) {
  distrust_jumps(out.trusted);
  out.knee_noise_deg =
      std::clamp(signal::sampling_noise(out.trusted), kLeastNoiseDeg, kMostNoiseDeg);
  for (const signal::Smoothed& s :
       signal::smooth_with_deviation(out.trusted, kCutoffHz, kLeastNoiseDeg)) {
    out.knee.push_back({s.time, s.value});
    out.knee_deviation.push_back(s.deviation * out.knee_noise_deg);
  }
  out.other_smooth = signal::smooth_zero_lag(out.other, kCutoffHz, kLeastNoiseDeg);
  out.hip_rise = signal::smooth_zero_lag(trunk.hip, kCutoffHz, kLeastNoiseThighs);
  out.chest = signal::smooth_zero_lag(trunk.chest, kCutoffHz, kLeastNoiseDeg);
  out.neck = signal::smooth_zero_lag(trunk.neck, kCutoffHz, kLeastNoiseDeg);
}

}  // namespace

BendSignals measure_bend(const Bend& bend) {
  BendSignals out;
  out.rest_noise = bend.noise;
  Trunk trunk;
  kinematics::RaisedLegMemory raised_leg;
  const std::vector<bool> exchanged = exchanged_legs(bend.frames, bend.rest);
  for (std::size_t i = 0; i < bend.frames.size(); ++i) {
    const kinematics::BodyFrame body =
        exchanged[i] ? with_legs_exchanged(bend.frames[i]) : bend.frames[i];
    add_trunk(body, bend.rest, trunk);
    const auto legs = kinematics::read_legs(body, bend.rest);
    if (!legs || raised_leg.unseen(body.time, *legs)) continue;
    const pose::Side said = exchanged[i] ? pose::other(legs->raised_label) : legs->raised_label;
    add_legs(body, bend.rest, *legs, said, out);
  }
  smooth(trunk, out);
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
