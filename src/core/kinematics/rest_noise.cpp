#include "core/kinematics/rest_noise.h"

#include <algorithm>
#include <cmath>

#include "core/kinematics/leg_angles.h"

namespace matside::kinematics {
namespace {

// The usual noise weighs as much as two seconds of the person's own; what is older than a
// minute of rest is forgotten. In frames, 32 a second.
constexpr double kUsualWeight = 64.0;
constexpr double kMaxWeight = 32.0 * 60.0;
// A person who stirs is not noise.
constexpr double kMaxDeviations = 4.0;

constexpr double RestNoise::*kParts[] = {&RestNoise::hip_thigh_lengths, &RestNoise::knee_deg,
                                         &RestNoise::thigh_deg, &RestNoise::trunk_deg,
                                         &RestNoise::neck_deg};

}  // namespace

RestNoiseEstimator::RestNoiseEstimator(const RestNoise& usual) : weight_(kUsualWeight) {
  for (const auto part : kParts) squares_.*part = usual.*part * usual.*part;
}

void RestNoiseEstimator::add(const BodyFrame& body, const RestPose& rest) {
  weight_ = std::min(kMaxWeight, weight_ + 1.0);
  const auto learn = [&](double RestNoise::*part, double deviation) {
    double& square = squares_.*part;
    const double most = kMaxDeviations * kMaxDeviations * square;
    square += (std::min(most, deviation * deviation) - square) / weight_;
  };
  learn(&RestNoise::hip_thigh_lengths,
        height_above_px(body.hip, rest.hip) / std::max(1.0, rest.thigh_px));
  learn(&RestNoise::trunk_deg, (chest_incline(rest, body) - rest.trunk_incline).value());
  learn(&RestNoise::neck_deg, neck_angle_change(rest, body).value());
  for (std::size_t side = 0; side < 2; ++side) {
    if (!body.legs[side]) continue;
    const LegFrame& leg = *body.legs[side];
    const LegAngles angles = measure_leg(leg, rest.legs[side], body.head_direction);
    learn(&RestNoise::knee_deg, angles.knee_flexion.value());
    learn(&RestNoise::thigh_deg, thigh_lift_by_knee(leg, rest.legs[side]).value());
  }
}

RestNoise RestNoiseEstimator::noise() const {
  RestNoise out;
  for (const auto part : kParts) out.*part = std::sqrt(squares_.*part);
  return out;
}

}  // namespace matside::kinematics
