#include "tools/bodyrender/pose.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace matside::bodyrender {
namespace {

constexpr float kWristHeight = 0.035F;

/// The way from the body's middle to a side, level.
Vec3 level_side(const Mat3& root, float sign) {
  Vec3 side = root * Vec3(sign, 0.0F, 0.0F);
  side.y() = 0.0F;
  if (side.norm() < 1e-3F) side = Vec3(0.0F, 0.0F, -sign);
  return side.normalized();
}

/// The way the head points, level.
Vec3 level_ahead(const Mat3& root) {
  Vec3 ahead = root * Vec3::UnitY();
  ahead.y() = 0.0F;
  if (ahead.norm() < 1e-3F) ahead = root * Vec3::UnitZ();
  ahead.y() = 0.0F;
  if (ahead.norm() < 1e-3F) return Vec3::UnitX();
  return ahead.normalized();
}

struct ArmWays {
  Vec3 upper;
  Vec3 lower;
};

ArmWays reach_ways(const Shape& shape, const Vec3& shoulder, const Vec3& wanted,
                   const Vec3& elbow_way) {
  const float upper = shape.upper_arm_m;
  const float lower = shape.lower_arm_m;
  Vec3 line = wanted - shoulder;
  const float longest = (upper + lower) * 0.995F;
  const float shortest = std::abs(upper - lower) + 0.25F * std::min(upper, lower);
  const float distance = std::clamp(line.norm(), shortest, longest);
  line = line.norm() > 1e-4F ? Vec3(line.normalized()) : Vec3(0.0F, -1.0F, 0.0F);
  const float along = (upper * upper - lower * lower + distance * distance) / (2.0F * distance);
  const float aside = std::sqrt(std::max(0.0F, upper * upper - along * along));
  Vec3 way = elbow_way - line * elbow_way.dot(line);
  if (way.norm() < 1e-3F) way = line.unitOrthogonal();
  const Vec3 elbow = line * along + way.normalized() * aside;
  return {elbow.normalized(), (line * distance - elbow).normalized()};
}

ArmWays arm_ways(const Shape& shape, const Mat3& root, const ArmPose& arm, float sign,
                 const Vec3& shoulder) {
  const Vec3 ahead = level_ahead(root);
  const Vec3 side = level_side(root, sign);
  if (arm.aim == ArmAim::forearm) {
    const float height = (shoulder.y() - kElbowRadius) / shape.upper_arm_m;
    const float from_plumb = std::acos(std::clamp(height, -0.2F, 0.999F));
    const Vec3 level = (ahead * 0.93F + side * arm.spread).normalized();
    return {Vec3(0.0F, -std::cos(from_plumb), 0.0F) + level * std::sin(from_plumb),
            (ahead - side * arm.inward).normalized()};
  }
  if (arm.aim == ArmAim::reach) {
    Vec3 target = arm.target_from_shoulder ? Vec3(shoulder + arm.target) : arm.target;
    target.y() = std::max(target.y(), kWristHeight);
    const ArmWays ways = reach_ways(shape, shoulder, target, arm.direction);
    const float elbow = shoulder.y() + ways.upper.y() * shape.upper_arm_m;
    if (elbow > 0.5F * kElbowRadius) return ways;
    return reach_ways(shape, shoulder, target, Vec3(arm.direction + Vec3(0.0F, 2.0F, 0.0F)));
  }
  Vec3 way = arm.direction.normalized();
  const float length = shape.upper_arm_m + shape.lower_arm_m;
  if (arm.on_floor || shoulder.y() + way.y() * length < kWristHeight) {
    const float sink = std::clamp((shoulder.y() - kWristHeight) / length, -0.3F, 0.98F);
    Vec3 level(way.x(), 0.0F, way.z());
    level = level.norm() > 1e-3F ? Vec3(level.normalized()) : ahead;
    way = level * std::sqrt(1.0F - sink * sink) - Vec3(0.0F, sink, 0.0F);
  }
  return {way, way};
}

/// Turns one bone after another, parents first.
class Poser {
 public:
  Poser(const Shape& shape, const Pose& pose, float lift_m, bool arms)
      : shape_(shape),
        data_(*shape.data),
        pose_(pose),
        lift_(0.0F, lift_m, 0.0F),
        arms_(arms) {}

  Skeleton run() {
    const std::size_t count = data_.bones.size();
    skeleton_.turn.resize(count);
    skeleton_.shift.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      const Bone& bone = data_.bones[i];
      const bool is_root = bone.parent < 0;
      const Mat3 before = is_root ? pose_.root : skeleton_.turn[at(bone.parent)];
      const Vec3 rest = shape_.bone_head[i];
      const Vec3 place = is_root ? lift_ : skeleton_.apply(bone.parent, rest);
      const Mat3 turn = turned(bone, i, before, place);
      skeleton_.turn[i] = turn;
      skeleton_.shift[i] = place - turn * rest;
    }
    return std::move(skeleton_);
  }

 private:
  [[nodiscard]] Mat3 turned(const Bone& bone, std::size_t i, const Mat3& before,
                            const Vec3& place) {
    const float sign = bone.side == kLeft ? 1.0F : -1.0F;
    const LegPose& leg = pose_.legs.at(at(bone.side));
    switch (bone.role) {
      case BoneRole::spine:
        return before * rotation_x(-pose_.spine_extension_deg * bone.share) *
               rotation_z(pose_.spine_side_deg * bone.share) *
               rotation_y(pose_.spine_twist_deg * bone.share);
      case BoneRole::neck:
        return before * rotation_x(-pose_.neck_extension_deg * bone.share) *
               rotation_y(0.5F * pose_.head_turn_deg * bone.share) *
               rotation_z(0.5F * pose_.head_tilt_deg * bone.share);
      case BoneRole::head:
        return before * rotation_x(pose_.head_nod_deg) *
               rotation_y(0.5F * pose_.head_turn_deg) * rotation_z(0.5F * pose_.head_tilt_deg);
      case BoneRole::upper_leg:
        return before * rotation_z(sign * (leg.splay_deg - 3.0F)) * rotation_x(leg.thigh_deg) *
               rotation_y(sign * leg.turn_deg);
      case BoneRole::lower_leg:
        return before * rotation_x(leg.knee_deg);
      case BoneRole::foot:
        return before * rotation_x(leg.ankle_deg);
      case BoneRole::upper_arm:
      case BoneRole::lower_arm:
      case BoneRole::forearm_twist:
        return arms_ ? turned_arm(bone, i, before, place, sign) : before;
      default:
        return before;
    }
  }

  [[nodiscard]] Mat3 turned_arm(const Bone& bone, std::size_t i, const Mat3& before,
                                const Vec3& place, float sign) {
    const ArmPose& arm = pose_.arms.at(at(bone.side));
    ArmWays& ways = ways_.at(at(bone.side));
    const Vec3 here = shape_.bone_head[i];
    if (bone.role == BoneRole::forearm_twist) {
      const Vec3 way = before * (shape_.bone_tail[i] - here).normalized();
      return about(way, sign * arm.twist_deg) * before;
    }
    if (bone.role == BoneRole::upper_arm) {
      ways = arm_ways(shape_, pose_.root, arm, sign, place);
      const Vec3 elbow = shape_.bone_head[at(data_.named.lower_arm.at(at(bone.side)))];
      return turn_between(before * (elbow - here).normalized(), ways.upper) * before;
    }
    const Vec3 wrist = shape_.bone_head[at(data_.named.wrist.at(at(bone.side)))];
    return about(ways.lower, sign * arm.twist_deg) *
           turn_between(before * (wrist - here).normalized(), ways.lower) * before;
  }

  const Shape& shape_;
  const BodyData& data_;
  const Pose& pose_;
  Vec3 lift_;
  bool arms_;
  std::array<ArmWays, 2> ways_{};  ///< Set when the upper arm is turned.
  Skeleton skeleton_;
};

/// Points the toes, or bends the knee, until a foot that is under the floor is on it.
void lift_feet(const Shape& shape, float lift_m, float clearance_m, Pose& pose) {
  for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
    LegPose& leg = pose.legs.at(side);
    for (int k = 0; k < 14; ++k) {
      const Skeleton skeleton = pose_skeleton(shape, pose, lift_m, false);
      const float under = clearance_m - 0.004F - lowest(shape, skeleton, shape.foot.at(side));
      if (under <= 0.0F) break;
      if (leg.ankle_deg < 62.0F) {
        leg.ankle_deg += std::max(2.0F, under * 300.0F);
      } else {
        leg.knee_deg += std::max(0.7F, under * 100.0F);
      }
    }
  }
}

}  // namespace

Skeleton pose_skeleton(const Shape& shape, const Pose& pose, float lift_m, bool arms) {
  return Poser(shape, pose, lift_m, arms).run();
}

Vec3 joint(const Shape& shape, const Skeleton& skeleton, int bone) {
  return skeleton.apply(bone, shape.bone_head[at(bone)]);
}

Vec3 skinned(const Shape& shape, const Skeleton& skeleton, int vertex) {
  const SkinWeights& weights = shape.data->weights;
  const Vec3& rest = shape.vertices[at(vertex)];
  Vec3 sum = Vec3::Zero();
  for (int k = weights.first[at(vertex)]; k < weights.first[at(vertex) + 1]; ++k) {
    sum += weights.weight[at(k)] * skeleton.apply(weights.bone[at(k)], rest);
  }
  return sum;
}

float lowest(const Shape& shape, const Skeleton& skeleton, const std::vector<int>& vertices) {
  float least = std::numeric_limits<float>::max();
  for (const int v : vertices) least = std::min(least, skinned(shape, skeleton, v).y());
  return least;
}

Pose between(const Pose& from, const Pose& to, float part) {
  const auto mixed = [part](float a, float b) { return a + (b - a) * part; };
  Pose pose = part < 0.5F ? from : to;
  pose.on_pelvis = false;
  pose.seat_m = 0.0F;
  pose.root =
      Eigen::Quaternionf(from.root).slerp(part, Eigen::Quaternionf(to.root)).toRotationMatrix();
  for (const auto member : {&Pose::spine_extension_deg, &Pose::spine_side_deg,
                            &Pose::spine_twist_deg, &Pose::neck_extension_deg,
                            &Pose::head_nod_deg, &Pose::head_turn_deg, &Pose::head_tilt_deg}) {
    pose.*member = mixed(from.*member, to.*member);
  }
  for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
    for (const auto member : {&LegPose::thigh_deg, &LegPose::splay_deg, &LegPose::turn_deg,
                              &LegPose::knee_deg, &LegPose::ankle_deg}) {
      pose.legs.at(side).*member = mixed(from.legs.at(side).*member, to.legs.at(side).*member);
    }
    pose.hip_extension_deg.at(side) =
        mixed(from.hip_extension_deg.at(side), to.hip_extension_deg.at(side));
  }
  return pose;
}

GroundedPose rest_on_floor(const Shape& shape, Pose pose, float clearance_m) {
  const Skeleton loose = pose_skeleton(shape, pose, 0.0F, false);
  float low = lowest(shape, loose, shape.support);
  if (!pose.on_pelvis) {
    low = std::min(low, lowest(shape, loose, shape.trunk) + 0.01F);
    if (pose.seat_m <= 0.0F) {
      for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
        low = std::min(low, lowest(shape, loose, shape.shank.at(side)));
        low = std::min(low, lowest(shape, loose, shape.foot.at(side)));
      }
    }
  }
  const float lift_m = clearance_m + pose.seat_m - low;
  if (pose.on_pelvis) lift_feet(shape, lift_m, clearance_m, pose);
  Skeleton skeleton = pose_skeleton(shape, pose, lift_m, true);
  return {pose, std::move(skeleton)};
}

}  // namespace matside::bodyrender
