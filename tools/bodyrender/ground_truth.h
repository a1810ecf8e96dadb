// Ground truth of a posed body: joint positions and angles.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "tools/bodyrender/camera.h"
#include "tools/bodyrender/pose.h"

namespace matside::bodyrender {

inline constexpr std::size_t kJoints = 19;
inline constexpr std::array<const char*, kJoints> kJointNames = {
    "nose",       "left_ear",    "right_ear",  "left_shoulder", "right_shoulder",
    "left_elbow", "right_elbow", "left_wrist", "right_wrist",   "left_hip",
    "right_hip",  "left_knee",   "right_knee", "left_ankle",    "right_ankle",
    "left_heel",  "right_heel",  "left_toe",   "right_toe"};
inline constexpr std::size_t kLeftHip = 9;

/// Joints and angles of a posed body.
struct GroundTruth {
  Posture posture = Posture::nobody;
  std::array<Vec3, kJoints> joints{};  ///< World, in kJointNames' order.
  Vec3 head_top = Vec3::Zero();
  std::array<Vec3, 2> extended_toe{};       ///< The toes with the knee straight.
  std::array<float, 2> knee_flexion_deg{};  ///< 180 minus the angle hip - knee - ankle.
  std::array<float, 2> hip_extension_deg{};
  float trunk_incline_deg = 0.0F;  ///< Angle of the line hips - shoulders above horizontal.
  float length_m = 0.0F;           ///< Head top to the farther toe, legs straight.

  [[nodiscard]] Vec3 hip_middle() const {
    return 0.5F * (joints[kLeftHip] + joints[kLeftHip + 1]);
  }
  [[nodiscard]] Vec3 shoulder_middle() const { return 0.5F * (joints[3] + joints[4]); }
};

/// Ground truth of a posed body after rotation by `turn` about the vertical and translation by
/// `shift`.
GroundTruth measure(const Shape& shape, const GroundedPose& rested, const Mat3& turn,
                    const Vec3& shift);

/// The two picture points that define a tracker's region: the hips' middle, and a point towards
/// the head whose distance makes a circle that contains the body without the arms, legs
/// straight.
struct RegionPoints {
  Vec2 middle = Vec2::Zero();
  Vec2 end = Vec2::Zero();
};
/// The region points in pixels of the camera's frame.
RegionPoints region_points(const GroundTruth& truth, const Camera& camera);

}  // namespace matside::bodyrender
