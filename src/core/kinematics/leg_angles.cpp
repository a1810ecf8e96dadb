#include "core/kinematics/leg_angles.h"

#include <algorithm>
#include <cmath>

#include "core/base/math.h"

namespace matside::kinematics {
namespace {

using base::Degrees;

// Standard deviations of a limb's length in the picture, over its length at rest: two or three
// pixels in eighty. Upwards more, since a camera off square foreshortens the leg on the mat. A
// joint placed between the legs makes a limb too short. Numbers of the weighting, not
// thresholds.
constexpr double kShorterSpread = 0.09;
constexpr double kLongerSpread = 0.12;
constexpr double kMinWeight = 1e-3;

double length_fit(double length_px, double rest_px) {
  if (!(rest_px > 0.0)) return kMinWeight;
  const double change = length_px / rest_px - 1.0;
  const double off = change / (change < 0.0 ? kShorterSpread : kLongerSpread);
  return std::max(kMinWeight, base::exp(-0.5 * off * off));
}

// What a thigh turns by whose knee rises so far while the hip stays.
Degrees lift_of_knee_rise(double rise_px, const RestLeg& rest) {
  if (!(rest.thigh_px > 0.0)) return Degrees(0.0);
  const double rise = std::clamp(rise_px / rest.thigh_px, -1.0, 1.0);
  return base::to_degrees(base::Radians(base::asin(rise)));
}

}  // namespace

LegAngles measure_leg(const LegFrame& leg, const RestLeg& rest, pose::Side head_direction) {
  if (leg.in_space) {
    const Degrees bend = leg.knee_flexion - rest.knee_flexion;
    return {bend, 1.0, bend};
  }
  LegAngles out;
  const double thigh_fit = length_fit(leg.thigh_px, rest.thigh_px);
  const double direct = (leg.knee_flexion - rest.knee_flexion).value();
  const double direct_weight = thigh_fit * length_fit(leg.shank_px, rest.shank_px);
  // About the resting knee: the shank's turn since rest. At rest it points along thigh +
  // flexion.
  const double shank_deg = 180.0 - incline(rest.knee, leg.ankle, head_direction).value();
  const double rest_shank_deg = rest.thigh.value() + rest.knee_flexion.value();
  const double pinned = std::remainder(shank_deg - rest_shank_deg, 360.0);
  const double pinned_weight = length_fit(base::length(leg.ankle - rest.knee), rest.shank_px);
  const double total = direct_weight + pinned_weight;
  out.knee_flexion = Degrees((direct * direct_weight + pinned * pinned_weight) / total);
  out.knee_from_joints = Degrees(direct);
  out.knee_weight = std::max(direct_weight, pinned_weight);
  return out;
}

Degrees thigh_lift_by_knee(const LegFrame& leg, const RestLeg& rest) {
  if (leg.in_space) return leg.thigh - rest.thigh;
  // Not from the thigh's slope: hips that move would change it.
  return lift_of_knee_rise(height_above_px(leg.knee, rest.knee), rest);
}

Degrees thigh_lift_by_ankle(const LegFrame& leg, const RestLeg& rest) {
  if (leg.in_space) return leg.thigh - rest.thigh;
  // The resting knee, raised by the lifted thigh, is a shank's length away from the ankle.
  const base::ImageVector reach = leg.ankle - rest.knee;
  const double upright_px =
      std::sqrt(std::max(0.0, rest.shank_px * rest.shank_px - reach.x_px * reach.x_px));
  return lift_of_knee_rise(-reach.y_px - upright_px, rest);
}

std::optional<LegPair> measure_legs(const BodyFrame& body, const RestPose& rest) {
  std::array<std::optional<LegAngles>, 2> legs;
  for (std::size_t side = 0; side < legs.size(); ++side) {
    if (body.legs[side]) {
      legs[side] = measure_leg(*body.legs[side], rest.legs[side], body.head_direction);
    }
  }
  if (!legs[0] && !legs[1]) return std::nullopt;
  const bool left = legs[0] && (!legs[1] || legs[0]->knee_flexion > legs[1]->knee_flexion);
  LegPair pair;
  pair.raised_label = left ? pose::Side::left : pose::Side::right;
  const std::size_t label = pose::index(pair.raised_label);
  pair.raised = *legs[label];
  pair.other = legs[1 - label];
  for (std::size_t side = 0; side < 2; ++side) {
    const RestLeg& leg = rest.legs[side];
    if (!(leg.shank_px > 0.0)) continue;
    pair.shank_ratio[side] = base::length(body.legs[label]->ankle - leg.knee) / leg.shank_px;
  }
  return pair;
}

bool RaisedLegTracker::is_occluded(base::Seconds time, const LegPair& legs) {
  if (legs.other) {
    both_seen_ = time;
    raised_ = legs.raised_label;
    return false;
  }
  return both_seen_ && legs.raised_label != raised_ && time - *both_seen_ <= occlusion_max_;
}

}  // namespace matside::kinematics
