// What is true of a posed body: where its joints are and what its angles are.
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

struct GroundTruth {
  Posture posture = Posture::nobody;
  std::array<Vec3, kJoints> joints{};  ///< World, in kJointNames' order.
  Vec3 head_top = Vec3::Zero();
  std::array<Vec3, 2> extended_toe{};       ///< Where the toes would be with the knee straight.
  std::array<float, 2> knee_flexion_deg{};  ///< 180 less the angle hip - knee - ankle.
  std::array<float, 2> hip_extension_deg{};
  float trunk_incline_deg = 0.0F;  ///< Of the line from hips to shoulders above level.
  float length_m = 0.0F;           ///< Head top to the farther toe, legs straight.

  [[nodiscard]] Vec3 hip_middle() const {
    return 0.5F * (joints[kLeftHip] + joints[kLeftHip + 1]);
  }
  [[nodiscard]] Vec3 shoulder_middle() const { return 0.5F * (joints[3] + joints[4]); }
};

/// The truth of a posed body that is then turned by `turn` about the vertical and moved by
/// `shift`.
GroundTruth measure(const Shape& shape, const GroundedPose& rested, const Mat3& turn,
                    const Vec3& shift);

/// The two points in a picture that set a tracker's region: the hips' middle, and a point so
/// far from it towards the head that the circle through it holds the body with its legs
/// straight and its arms aside.
struct RegionPoints {
  Vec2 middle = Vec2::Zero();
  Vec2 end = Vec2::Zero();
};
RegionPoints region_points(const GroundTruth& truth, const Camera& camera);

}  // namespace matside::bodyrender
