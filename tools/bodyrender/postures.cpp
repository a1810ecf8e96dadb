#include "tools/bodyrender/postures.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace matside::bodyrender {
namespace {

/// Joint limits.
constexpr float kMaxFlexed_deg = 132.0F;
constexpr float kMaxExtended_deg = 28.0F;
constexpr float kMaxBent_deg = 156.0F;

constexpr std::array<std::size_t, 2> kSides = {0, 1};

float sign_of(std::size_t side) { return side == 0 ? 1.0F : -1.0F; }

/// Rest frame to world for a body whose head points to `head` and whose front faces `front`.
Mat3 facing(const Vec3& head, const Vec3& front) {
  Mat3 root;
  root.col(0) = head.cross(front);
  root.col(1) = head;
  root.col(2) = front;
  return root;
}

Mat3 face_down() { return facing(Vec3::UnitX(), -Vec3::UnitY()); }
Mat3 face_up() { return facing(Vec3::UnitX(), Vec3::UnitY()); }

void both_legs(Pose& pose, Random& random, float thigh, float knee, float ankle, float loose) {
  for (LegPose& leg : pose.legs) {
    leg.thigh_deg = thigh + random.normal(0.0F, loose);
    leg.knee_deg = std::max(-3.0F, knee + random.normal(0.0F, loose));
    leg.ankle_deg = ankle + random.normal(0.0F, 6.0F);
    leg.splay_deg = random.uniform(0.0F, 12.0F);
    leg.turn_deg = random.normal(3.0F, 6.0F);
  }
}

ArmPose straight(const Vec3& way, bool on_floor) {
  ArmPose arm;
  arm.aim = ArmAim::stretched;
  arm.direction = way;
  arm.on_floor = on_floor;
  return arm;
}

ArmPose reach_from_shoulder(const Vec3& offset, const Vec3& elbow_way) {
  ArmPose arm;
  arm.aim = ArmAim::reach;
  arm.target = offset;
  arm.target_from_shoulder = true;
  arm.direction = elbow_way;
  return arm;
}

/// Arms in the trunk's own axes: `out` to the arm's side, `up` to the head, `front`.
Vec3 in_trunk(const Pose& pose, std::size_t side, float out, float up, float front) {
  return pose.root * Vec3(sign_of(side) * out, up, front);
}

void draw_free_arms(Pose& pose, Random& random) {
  const int kind = random.below(5);
  for (const std::size_t side : kSides) {
    const auto way = [&](float out, float up, float front) {
      return in_trunk(pose, side, out, up, front);
    };
    ArmPose arm =
        straight(way(random.uniform(0.08F, 0.4F), -1.0F, random.normal(0.05F, 0.15F)), false);
    if (kind == 1) {  // hands on the hips
      arm = reach_from_shoulder(way(0.02F, -0.43F, 0.06F), way(1.0F, 0.0F, -0.3F));
    } else if (kind == 2) {  // reaching out
      arm = reach_from_shoulder(way(random.uniform(-0.1F, 0.5F), random.uniform(-0.3F, 0.5F),
                                    random.uniform(0.1F, 0.6F)),
                                way(0.5F, -1.0F, -0.2F));
    } else if (kind == 3) {  // folded
      arm = reach_from_shoulder(way(-0.3F, -0.27F, 0.22F), way(0.6F, -1.0F, 0.1F));
    }
    arm.twist_deg = random.uniform(-80.0F, 0.0F);
    pose.arms.at(side) = arm;
  }
}

void loosen(Pose& pose, Random& random) {
  pose.spine_side_deg += random.normal(0.0F, 5.0F);
  pose.spine_twist_deg += random.normal(0.0F, 7.0F);
  pose.neck_extension_deg += random.normal(0.0F, 10.0F);
  pose.head_turn_deg += random.normal(0.0F, 25.0F);
  pose.head_tilt_deg += random.normal(0.0F, 7.0F);
}

Pose supine(Random& random) {
  Pose pose;
  pose.root = rotation_x(random.normal(0.0F, 6.0F)) * face_up();
  both_legs(pose, random, 0.0F, 3.0F, 30.0F, 3.0F);
  for (LegPose& leg : pose.legs) {
    const float kind = random.unit();
    if (kind < 0.35F) {  // foot on the floor
      const float up = random.uniform(25.0F, 62.0F);
      leg.thigh_deg = -up;
      leg.knee_deg = 2.0F * up + 2.0F;
      leg.ankle_deg = 80.0F - up;
    } else if (kind < 0.5F) {  // in the air
      leg.thigh_deg = -random.uniform(40.0F, 115.0F);
      leg.knee_deg = random.uniform(0.0F, 120.0F);
    }
  }
  if (random.chance(0.3F)) pose.legs[1] = pose.legs[0];
  const int kind = random.below(4);
  for (const std::size_t side : kSides) {
    const auto way = [&](float out, float up, float front) {
      return in_trunk(pose, side, out, up, front);
    };
    ArmPose& arm = pose.arms.at(side);
    arm = straight(way(random.uniform(0.1F, 0.9F), -0.8F, 0.0F), true);
    if (kind == 1) arm = straight(way(random.uniform(0.1F, 0.8F), 1.0F, 0.0F), true);
    if (kind == 2)
      arm = reach_from_shoulder(way(-0.12F, -0.36F, 0.14F), way(1.0F, -0.2F, -0.3F));
    if (kind == 3) arm = reach_from_shoulder(way(-0.05F, 0.22F, 0.02F), way(1.0F, 0.4F, 0.0F));
  }
  loosen(pose, random);
  if (random.chance(0.15F)) pose.spine_extension_deg = -random.uniform(10.0F, 50.0F);
  return pose;
}

Pose on_side(Random& random) {
  Pose pose;
  const float down = random.sign();  // the side that lies on the floor: +1 the left
  pose.root = rotation_x(-down * random.uniform(65.0F, 105.0F)) * face_down();
  both_legs(pose, random, random.uniform(-85.0F, 0.0F), random.uniform(0.0F, 100.0F), 25.0F,
            8.0F);
  for (LegPose& leg : pose.legs) leg.splay_deg = random.uniform(-4.0F, 4.0F);
  if (random.chance(0.3F)) {
    LegPose& upper = pose.legs.at(down > 0.0F ? 1 : 0);
    upper.splay_deg = random.uniform(5.0F, 45.0F);
  }
  pose.spine_extension_deg = random.normal(-6.0F, 10.0F);
  pose.head_tilt_deg = -down * random.uniform(0.0F, 25.0F);
  for (const std::size_t side : kSides) {
    const bool under = (sign_of(side) > 0.0F) == (down > 0.0F);
    const auto way = [&](float out, float up, float front) {
      return in_trunk(pose, side, out, up, front);
    };
    ArmPose& arm = pose.arms.at(side);
    if (under) {
      arm = straight(way(0.0F, random.uniform(-0.2F, 1.2F), 0.8F), true);
    } else {
      arm = random.chance(0.5F)
                ? reach_from_shoulder(way(-0.2F, random.uniform(-0.2F, 0.15F), 0.35F),
                                      way(0.3F, -1.0F, 0.3F))
                : straight(way(0.0F, -1.0F, 0.1F), false);
    }
  }
  return pose;
}

Pose all_fours(Random& random) {
  Pose pose;
  const float pitch = random.normal(0.0F, 6.0F);
  pose.root = rotation_z(pitch) * face_down();
  both_legs(pose, random, -90.0F + pitch, 90.0F, 45.0F, 5.0F);
  pose.spine_extension_deg = random.normal(0.0F, 14.0F);
  for (const std::size_t side : kSides) {
    const auto way =
        in_trunk(pose, side, random.uniform(0.0F, 0.15F), random.uniform(0.02F, 0.3F), 1.0F);
    pose.arms.at(side) = straight(way, true);
  }
  if (random.chance(0.25F)) {  // one leg stretched back
    LegPose& leg = pose.legs.at(static_cast<std::size_t>(random.below(2)));
    leg.thigh_deg = random.uniform(-15.0F, 10.0F);
    leg.knee_deg = random.uniform(0.0F, 40.0F);
  }
  loosen(pose, random);
  pose.neck_extension_deg = random.normal(15.0F, 15.0F);
  return pose;
}

Pose child_pose(Random& random) {
  Pose pose;
  pose.root = rotation_z(random.uniform(8.0F, 25.0F)) * face_down();
  both_legs(pose, random, random.uniform(-125.0F, -112.0F), random.uniform(135.0F, 150.0F),
            50.0F, 3.0F);
  for (LegPose& leg : pose.legs) leg.splay_deg = random.uniform(3.0F, 25.0F);
  pose.spine_extension_deg = -random.uniform(25.0F, 60.0F);
  const bool ahead = random.chance(0.7F);
  for (const std::size_t side : kSides) {
    pose.arms.at(side) = straight(in_trunk(pose, side, 0.2F, ahead ? 1.0F : -1.0F, 0.0F), true);
  }
  return pose;
}

Pose kneeling(Random& random) {
  const float kind = random.unit();
  if (kind < 0.4F) return all_fours(random);
  if (kind < 0.58F) return child_pose(random);
  Pose pose;
  const float lean = random.normal(6.0F, 8.0F);
  pose.root = rotation_x(lean);
  pose.spine_extension_deg = random.normal(-6.0F, 10.0F);
  if (kind < 0.75F) {  // upright on both knees
    both_legs(pose, random, -lean, 90.0F, 50.0F, 4.0F);
  } else if (kind < 0.9F) {  // on the heels
    both_legs(pose, random, -84.0F - lean, random.uniform(146.0F, 156.0F), 55.0F, 2.0F);
  } else {  // one foot set up: rising
    both_legs(pose, random, -lean, 90.0F, 20.0F, 4.0F);
    LegPose& front = pose.legs.at(static_cast<std::size_t>(random.below(2)));
    front.thigh_deg = -88.0F - lean;
    front.knee_deg = random.uniform(80.0F, 100.0F);
    front.ankle_deg = 0.0F;
  }
  draw_free_arms(pose, random);
  loosen(pose, random);
  return pose;
}

Pose sitting(const Shape& shape, Random& random) {
  Pose pose;
  const float lean = random.normal(-6.0F, 10.0F);
  pose.root = rotation_x(lean);
  pose.spine_extension_deg = random.normal(-12.0F, 10.0F);
  draw_free_arms(pose, random);
  const float kind = random.unit();
  if (kind < 0.4F) {  // on something
    const NamedBones& named = shape.data->named;
    const Vec3 knee = shape.bone_head[static_cast<std::size_t>(named.lower_leg[0])];
    const Vec3 ankle = shape.bone_head[static_cast<std::size_t>(named.foot[0])];
    pose.seat_m = knee.y() - ankle.y() + random.uniform(-0.04F, 0.06F);
    both_legs(pose, random, -86.0F - lean, random.uniform(70.0F, 100.0F), 0.0F, 5.0F);
  } else if (kind < 0.6F) {  // legs straight ahead
    both_legs(pose, random, -88.0F - lean, random.uniform(0.0F, 20.0F), 10.0F, 4.0F);
  } else if (kind < 0.8F) {  // knees up
    const float up = random.uniform(15.0F, 50.0F);
    both_legs(pose, random, -90.0F - up - lean, 2.0F * up + 4.0F, 80.0F - up, 4.0F);
  } else {  // cross-legged
    both_legs(pose, random, -80.0F - lean, random.uniform(105.0F, 125.0F), 20.0F, 4.0F);
    for (LegPose& leg : pose.legs) {
      leg.splay_deg = random.uniform(35.0F, 50.0F);
      leg.turn_deg = random.uniform(40.0F, 60.0F);
    }
  }
  if (kind > 0.4F && random.chance(0.4F)) {  // leaning back on the hands
    for (const std::size_t side : kSides) {
      pose.arms.at(side) = straight(in_trunk(pose, side, 0.3F, -1.0F, -0.6F), true);
    }
  }
  loosen(pose, random);
  return pose;
}

Pose standing(Random& random) {
  Pose pose;
  const float bend =
      random.chance(0.25F) ? random.uniform(10.0F, 75.0F) : random.normal(0.0F, 4.0F);
  pose.root = rotation_x(0.6F * bend);
  pose.spine_extension_deg = -0.5F * bend + random.normal(0.0F, 5.0F);
  both_legs(pose, random, -0.6F * bend, 4.0F, 0.0F, 3.0F);
  if (random.chance(0.35F)) {  // a step
    const float step = random.uniform(10.0F, 35.0F);
    pose.legs[0].thigh_deg -= step;
    pose.legs[1].thigh_deg += 0.6F * step;
    pose.legs[1].knee_deg += random.uniform(0.0F, 40.0F);
    if (random.chance(0.5F)) std::swap(pose.legs[0], pose.legs[1]);
  } else if (random.chance(0.15F)) {  // a squat
    const float deep = random.uniform(20.0F, 100.0F);
    for (LegPose& leg : pose.legs) {
      leg.thigh_deg -= deep;
      leg.knee_deg += 1.7F * deep;
      leg.ankle_deg -= 0.3F * deep;
    }
  }
  draw_free_arms(pose, random);
  loosen(pose, random);
  return pose;
}

}  // namespace

Pose draw_pose(const Shape& shape, Posture posture, Random& random) {
  assert(posture != Posture::prone && posture != Posture::nobody);
  Pose pose;
  switch (posture) {
    case Posture::supine:
      pose = supine(random);
      break;
    case Posture::on_side:
      pose = on_side(random);
      break;
    case Posture::kneeling:
      pose = kneeling(random);
      break;
    case Posture::sitting:
      pose = sitting(shape, random);
      break;
    default:
      pose = standing(random);
      break;
  }
  pose.posture = posture;
  for (const std::size_t side : kSides) {
    LegPose& leg = pose.legs.at(side);
    leg.thigh_deg = std::clamp(leg.thigh_deg, -kMaxFlexed_deg, kMaxExtended_deg);
    leg.knee_deg = std::min(leg.knee_deg, kMaxBent_deg);
    pose.hip_extension_deg.at(side) = pose.legs.at(side).thigh_deg;
  }
  return pose;
}

}  // namespace matside::bodyrender
