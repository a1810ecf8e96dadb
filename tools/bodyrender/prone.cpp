#include "tools/bodyrender/prone.h"

#include <algorithm>
#include <cmath>

namespace matside::bodyrender {
namespace {

constexpr float kNeckUp_deg = 18.0F;

Mat3 prone_root(const Prone& prone) {
  Mat3 base;
  base.col(0) = Vec3(0.0F, 0.0F, -1.0F);
  base.col(1) = Vec3(1.0F, 0.0F, 0.0F);
  base.col(2) = Vec3(0.0F, -1.0F, 0.0F);
  return rotation_x(prone.roll_deg) * base * rotation_x(prone.hips_up_deg);
}

Pose with_extension(const Prone& prone, float extension_deg) {
  Pose pose;
  pose.posture = Posture::prone;
  pose.on_pelvis = true;
  pose.root = prone_root(prone);
  const float raised = 1.0F - prone.flatten;
  pose.spine_extension_deg = (extension_deg + prone.trunk_deg) * raised + prone.hips_up_deg;
  pose.neck_extension_deg = (kNeckUp_deg + prone.neck_deg) * raised;
  pose.head_nod_deg = 10.0F * prone.flatten;
  pose.head_turn_deg = prone.head_turn_deg;
  pose.head_tilt_deg = prone.head_tilt_deg;
  for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
    const ProneLeg& from = prone.legs.at(side);
    LegPose& leg = pose.legs.at(side);
    leg.thigh_deg = from.thigh_deg - 1.6F * prone.hips_up_deg;
    leg.splay_deg = from.splay_deg;
    leg.turn_deg = from.turn_deg;
    leg.knee_deg = from.knee_deg + 0.6F * prone.hips_up_deg;
    leg.ankle_deg = from.ankle_deg;
    pose.hip_extension_deg.at(side) = from.thigh_deg - prone.hips_up_deg;
  }
  return pose;
}

/// How far the trunk has to rise so that the elbows just rest on the floor.
float solve_extension(const Shape& shape, const Prone& prone) {
  Prone level;
  level.elbow_forward_deg = prone.elbow_forward_deg;
  float low = 0.0F;
  float high = 75.0F;
  const float wanted =
      shape.upper_arm_m * std::cos(radians(prone.elbow_forward_deg)) + kElbowRadius;
  for (int k = 0; k < 11; ++k) {
    const float middle = 0.5F * (low + high);
    const Skeleton skeleton = pose_skeleton(shape, with_extension(level, middle), 0.0F, false);
    const float floor = lowest(shape, skeleton, shape.support);
    const float shoulder = joint(shape, skeleton, shape.data->named.upper_arm[0]).y() - floor;
    (shoulder < wanted ? low : high) = middle;
  }
  return 0.5F * (low + high);
}

ArmPose arm_pose(const Prone& prone, float sign) {
  ArmPose arm;
  const Vec3 ahead = Vec3::UnitX();
  const Vec3 side = Vec3(0.0F, 0.0F, -sign);
  switch (prone.arms) {
    case ProneArms::forearms:
      arm.aim = ArmAim::forearm;
      arm.spread = prone.arm_spread + 0.5F * prone.flatten;
      arm.inward = prone.arm_inward + 0.6F * prone.flatten;
      break;
    case ProneArms::stretched:
      arm.aim = ArmAim::stretched;
      arm.on_floor = true;
      arm.direction = ahead + side * (prone.arm_spread - 0.2F);
      break;
    case ProneArms::under_forehead:
      arm.aim = ArmAim::forearm;
      arm.spread = prone.arm_spread + 0.6F;
      arm.inward = prone.arm_inward + 1.6F;
      break;
    case ProneArms::along_body:
      arm.aim = ArmAim::stretched;
      arm.on_floor = true;
      arm.direction = -ahead + side * (0.6F * prone.arm_spread);
      arm.twist_deg = 0.0F;
      break;
  }
  return arm;
}

float draw_knee(Random& random) {
  switch (random.below(4)) {
    case 0:
      return random.uniform(-3.0F, 10.0F);
    case 1:
      return random.uniform(0.0F, 60.0F);
    case 2:
      return random.uniform(50.0F, 135.0F);
    default:
      return random.uniform(80.0F, 130.0F);
  }
}

void draw_knees(Random& random, Prone& prone) {
  const float kind = random.unit();
  auto& [left, right] = prone.legs;
  left.knee_deg = random.uniform(-3.0F, 8.0F);
  right.knee_deg = random.uniform(-3.0F, 8.0F);
  if (kind < 0.5F) {
    (random.chance(0.5F) ? left : right).knee_deg = random.uniform(50.0F, 130.0F);
  } else if (kind >= 0.75F) {
    left.knee_deg = draw_knee(random);
    right.knee_deg = draw_knee(random);
  }
}

void draw_leg(Random& random, bool crossing, ProneLeg& leg) {
  const float thigh = random.unit();
  if (thigh > 0.35F) {
    leg.thigh_deg = thigh < 0.7F ? random.uniform(-2.0F, 5.0F) : random.uniform(0.0F, 20.0F);
  }
  leg.splay_deg = random.uniform(-1.0F, 12.0F);
  if (random.chance(0.1F)) leg.splay_deg = random.uniform(12.0F, 25.0F);
  if (crossing) leg.splay_deg = random.uniform(-6.0F, 1.0F);
  leg.turn_deg = random.normal(0.0F, 7.0F);
  if (crossing && leg.knee_deg > 30.0F) leg.turn_deg = random.uniform(-5.0F, 18.0F);
  leg.ankle_deg = random.uniform(-10.0F, 60.0F);
}

}  // namespace

Prone draw_prone(Random& random) {
  Prone prone;
  draw_knees(random, prone);
  const bool crossing = random.chance(0.12F);
  for (ProneLeg& leg : prone.legs) draw_leg(random, crossing, leg);
  const float lying = random.unit();
  if (lying > 0.6F) prone.flatten = lying < 0.78F ? 1.0F : random.unit();
  prone.trunk_deg = random.uniform(-12.0F, 5.0F);
  if (random.chance(0.35F)) prone.hips_up_deg = random.uniform(0.0F, 25.0F);
  const float rolled = random.unit();
  if (rolled > 0.5F)
    prone.roll_deg = rolled < 0.8F ? random.normal(0.0F, 5.0F) : random.uniform(-25.0F, 25.0F);
  prone.neck_deg = random.uniform(-40.0F, 25.0F);
  if (random.chance(0.3F + 0.4F * prone.flatten))
    prone.head_turn_deg = random.uniform(-80.0F, 80.0F);
  prone.head_tilt_deg = random.normal(0.0F, 5.0F);
  if (random.chance(0.5F)) prone.elbow_forward_deg = random.uniform(0.0F, 35.0F);
  prone.arm_spread = random.uniform(0.05F, 0.75F);
  prone.arm_inward =
      random.chance(0.5F) ? random.uniform(-0.2F, 0.35F) : random.uniform(0.3F, 1.3F);
  const float arms = random.unit();
  if (prone.flatten > 0.6F && arms < 0.75F) {
    prone.arms = arms < 0.35F   ? ProneArms::under_forehead
                 : arms < 0.55F ? ProneArms::stretched
                                : ProneArms::along_body;
  } else if (arms < 0.12F) {
    prone.arms = ProneArms::stretched;
  }
  return prone;
}

Pose prone_pose(const Shape& shape, const Prone& prone) {
  const float extension = prone.flatten < 1.0F ? solve_extension(shape, prone) : 0.0F;
  Pose pose = with_extension(prone, extension);
  pose.arms[0] = arm_pose(prone, 1.0F);
  pose.arms[1] = arm_pose(prone, -1.0F);
  return pose;
}

}  // namespace matside::bodyrender
