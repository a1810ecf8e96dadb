#include "core/cycle/channels.h"

#include <algorithm>
#include <cmath>

#include "core/base/math.h"
#include "core/kinematics/leg_angles.h"
#include "core/pose/landmark.h"

namespace matside::cycle {
namespace {

using exercise::Channel;
using kinematics::BodyFrame;
using kinematics::LegFrame;
using kinematics::RestLeg;
using kinematics::RestPose;

// The line from hip to ankle shows a lift best, but a bent knee raises the ankle as well: by
// half of its bend. Up to the first bend that is within a straight knee's wobble; beyond the
// second one the lift is read at the knee alone.
constexpr double kStraightDeg = 6.0;
constexpr double kBentDeg = 20.0;
// A thigh reads up to this far off the mat while it rests (docs/measures.md).
constexpr double kThighRests_deg = 4.0;

double sine_deg(double deg) { return base::sin(base::to_radians(base::Degrees(deg)).value()); }

double lift_of_line(const LegFrame& leg, const RestLeg& rest, double bend_deg) {
  const double length_px = rest.thigh_px + rest.shank_px;
  if (!(length_px > 0.0)) return 0.0;
  const double rest_ankle_px =
      rest.shank_px * sine_deg(rest.thigh.value() + rest.knee_flexion.value());
  const double by_bend_px = rest.shank_px * sine_deg(std::max(0.0, bend_deg - kStraightDeg));
  const double rise_px =
      kinematics::height_above_px(leg.ankle, rest.knee) - rest_ankle_px - by_bend_px;
  return base::to_degrees(base::Radians(base::asin(std::clamp(rise_px / length_px, -1.0, 1.0))))
      .value();
}

// measure_leg() also reads the ankle about the place where the knee rests, which a lifted thigh
// leaves.
double bend_of(const kinematics::LegAngles& knee, double thigh_lift_deg) {
  const double off = thigh_lift_deg / kThighRests_deg;
  const double rests = base::exp(-0.5 * off * off);
  return rests * knee.knee_flexion.value() + (1.0 - rests) * knee.knee_from_joints.value();
}

double lift_of_leg(const LegFrame& leg, const RestLeg& rest, double bend_deg) {
  const double thigh_deg = kinematics::thigh_lift_by_knee(leg, rest).value();
  if (leg.in_space) return thigh_deg;
  const double bent =
      std::clamp((std::abs(bend_deg) - kStraightDeg) / (kBentDeg - kStraightDeg), 0.0, 1.0);
  return bent * thigh_deg + (1.0 - bent) * lift_of_line(leg, rest, bend_deg);
}

}  // namespace

FrameReadings read_channels(const BodyFrame& body, const RestPose& rest,
                            const exercise::MeasurementRules& rules) {
  FrameReadings out;
  out.time = body.time;
  const auto put = [&](Channel channel, std::size_t leg, double value) {
    out.channels[static_cast<std::size_t>(channel)][leg] = value;
  };
  for (std::size_t side = 0; side < body.legs.size(); ++side) {
    if (!body.legs[side]) continue;
    const LegFrame& leg = *body.legs[side];
    const auto knee = kinematics::measure_leg(leg, rest.legs[side], body.head_direction);
    out.leg_weight[side] = knee.knee_weight;
    const double thigh_deg = kinematics::thigh_lift_by_knee(leg, rest.legs[side]).value();
    const double bend_deg = leg.in_space ? knee.knee_flexion.value() : bend_of(knee, thigh_deg);
    put(Channel::knee_flexion, side, bend_deg);
    put(Channel::thigh_lift, side, thigh_deg);
    put(Channel::leg_lift, side, lift_of_leg(leg, rest.legs[side], bend_deg));
  }
  if (body.trunk_score < rules.trunk_score_min.value) return out;
  put(Channel::trunk_incline, 0,
      (kinematics::chest_incline(rest, body) - rest.trunk_incline).value());
  if (rest.thigh_px > 0.0) {
    put(Channel::hip_rise, 0, kinematics::height_above_px(body.hip, rest.hip) / rest.thigh_px);
  }
  if (body.head_score >= rules.trunk_score_min.value) {
    put(Channel::neck_angle, 0, kinematics::neck_angle_change(rest, body).value());
  }
  return out;
}

double noise_of(Channel channel, const kinematics::RestNoise& noise) {
  switch (channel) {
    case Channel::knee_flexion:
      return noise.knee_deg;
    case Channel::thigh_lift:
      return noise.thigh_deg;
    case Channel::leg_lift:
      return 0.5 * noise.thigh_deg;  // the ankle is twice as far from the hip as the knee
    case Channel::trunk_incline:
      return noise.trunk_deg;
    case Channel::neck_angle:
      return noise.neck_deg;
    case Channel::hip_rise:
      break;
  }
  return noise.hip_thigh_lengths;
}

std::optional<double> greater(const ChannelReading& reading) {
  if (!reading[0] || !reading[1]) return reading[0] ? reading[0] : reading[1];
  return std::max(*reading[0], *reading[1]);
}

std::optional<double> lesser(Channel channel, const ChannelReading& reading) {
  if (!exercise::is_of_legs(channel)) return reading[0];
  if (!reading[0] || !reading[1]) return std::nullopt;
  return std::min(*reading[0], *reading[1]);
}

}  // namespace matside::cycle
