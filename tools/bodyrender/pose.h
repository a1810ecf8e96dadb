// A pose as joint angles, and the body posed by it.
#pragma once

#include <array>
#include <vector>

#include "tools/bodyrender/shape.h"

namespace matside::bodyrender {

/// Postures, numbered as in the labels.
enum class Posture : int {
  nobody = 0,
  prone = 1,
  supine = 2,
  on_side = 3,
  kneeling = 4,  ///< Or on all fours.
  sitting = 5,
  standing = 6,
};

/// From the joint of an elbow to the floor on which it rests, metres.
inline constexpr float kElbowRadius = 0.045F;

/// Joint angles of a leg.
struct LegPose {
  float thigh_deg = 0.0F;  ///< Backwards (hip extension); negative is flexion.
  float splay_deg = 0.0F;  ///< Outwards, from the rest pose drawn in by 3 degrees.
  float turn_deg = 0.0F;   ///< About the thigh's own length, toes outwards.
  float knee_deg = 0.0F;   ///< Flexion from the rest pose.
  float ankle_deg = 0.0F;  ///< Toes pointed (plantar flexion) from the rest pose.
};

/// How an arm is placed. Directions and points are in world coordinates.
enum class ArmAim {
  forearm,    ///< Elbow rests on the floor, forearm flat on it.
  stretched,  ///< The whole arm straight along `direction`, sinking to the floor where it can.
  reach,      ///< The wrist goes to `target`, the elbow towards `direction`.
};

/// The placement of an arm.
struct ArmPose {
  ArmAim aim = ArmAim::stretched;
  Vec3 direction = Vec3(0.0F, -1.0F, 0.0F);
  Vec3 target = Vec3::Zero();
  bool target_from_shoulder = false;  ///< `target` is relative to the shoulder.
  bool on_floor = false;              ///< A stretched arm comes down until the wrist is on it.
  float spread = 0.36F;               ///< Forearm: how far the elbow goes outwards.
  float inward = 0.15F;               ///< Forearm: how far the forearm points inwards.
  float twist_deg = -80.0F;           ///< Of the forearm about its length.
};

/// A whole body's pose.
struct Pose {
  Posture posture = Posture::prone;
  Mat3 root = Mat3::Identity();  ///< Of the pelvis: rest frame to world.
  float spine_extension_deg = 0.0F;
  float spine_side_deg = 0.0F;
  float spine_twist_deg = 0.0F;
  float neck_extension_deg = 0.0F;
  float head_nod_deg = 0.0F;
  float head_turn_deg = 0.0F;
  float head_tilt_deg = 0.0F;
  std::array<LegPose, 2> legs;
  std::array<ArmPose, 2> arms;
  bool on_pelvis = false;  ///< Rests on pelvis and thighs alone, whatever else reaches lower.
  float seat_m =
      0.0F;  ///< Height of what the body sits on; the feet then hang free of the floor.
  /// Hip extension as in the clips' ground truth; differs from the thigh's angle when the
  /// pelvis lifts.
  std::array<float, 2> hip_extension_deg{};
};

/// Each bone's transform: a rest point p maps to turn * p + shift.
struct Skeleton {
  std::vector<Mat3> turn;
  std::vector<Vec3> shift;

  [[nodiscard]] Vec3 apply(int bone, const Vec3& rest_point) const {
    const auto b = static_cast<std::size_t>(bone);
    return turn[b] * rest_point + shift[b];
  }
};

/// The skeleton in a pose, its root where the rest pose has it but `lift_m` higher.
/// Arms hang as at rest without `arms`.
Skeleton pose_skeleton(const Shape& shape, const Pose& pose, float lift_m, bool arms);

/// Position of a bone's head.
Vec3 joint(const Shape& shape, const Skeleton& skeleton, int bone);

/// Position of a skinned vertex.
Vec3 skinned(const Shape& shape, const Skeleton& skeleton, int vertex);

/// Height of the lowest of these vertices.
float lowest(const Shape& shape, const Skeleton& skeleton, const std::vector<int>& vertices);

/// Interpolates between two poses, part 0 to 1. Arms and posture are those of the nearer pose;
/// the seat is absent in between.
Pose between(const Pose& from, const Pose& to, float part);

/// A pose placed on the floor.
struct GroundedPose {
  Pose pose;  ///< With legs adjusted so that no foot is below the floor.
  Skeleton skeleton;
};

/// Places a body `clearance_m` above the floor, resting on pelvis and thighs or on its lowest
/// point, as the pose requires.
GroundedPose rest_on_floor(const Shape& shape, Pose pose, float clearance_m);

}  // namespace matside::bodyrender
