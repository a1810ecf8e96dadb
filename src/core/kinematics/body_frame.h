// A pose read as a body lying on a mat: segments and joint angles in the picture.
//
// All angles are measured in pixels. "Up" is away from the mat, "feet direction" along it.
#pragma once

#include <array>
#include <optional>

#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/pose/pose_frame.h"

namespace matside::kinematics {

/// How a pose lies in the picture.
enum class BodyPosture {
  lying,    ///< trunk and thighs along the floor
  upright,  ///< standing, sitting, kneeling, on all fours
  unclear,  ///< too little seen to tell
};

/// One leg as seen.
struct LegFrame {
  /// 0 = hip, knee and ankle in line; positive = the ankle above the line of the thigh (the
  /// heel comes toward the buttock of a prone body); negative = below it.
  base::Degrees knee_flexion;
  std::optional<pose::KneeEstimate> knee_3d;  ///< where the source reads it itself
  base::Degrees thigh;  ///< thigh against the floor; grows as the knee rises
  base::ImagePoint hip;
  base::ImagePoint knee;
  base::ImagePoint ankle;
  double shank_px = 0.0;
  double thigh_px = 0.0;
  double score = 0.0;  ///< least of the three joints'
};

/// The body in one frame. Sides are the person's own.
struct BodyFrame {
  base::Seconds time;
  BodyPosture posture = BodyPosture::unclear;
  pose::Side head_direction = pose::Side::right;  ///< the picture's side where the head is
  std::array<std::optional<LegFrame>, 2> legs;    ///< by pose::index(Side)
  base::ImagePoint hip;                           ///< near side
  base::ImagePoint shoulder;                      ///< near side
  base::ImagePoint nose;
  base::ImagePoint ear;                   ///< near side
  std::optional<base::ImagePoint> elbow;  ///< near side
  std::optional<base::ImagePoint> far_hip;
  std::optional<base::ImagePoint> far_shoulder;
  base::ImageSize image_size;
  double trunk_score = 0.0;  ///< least of near hip and shoulder
  double head_score = 0.0;   ///< the nose's
};

/// The body side toward the camera: a prone person's left when the head is at the picture's
/// left. Holds for an unmirrored picture of somebody lying face down.
/// @source movement.md 5.3: right = anterior x superior, anterior = down
inline pose::Side near_side(pose::Side head_direction) { return head_direction; }

/// BodyPosture by where shoulders, hips and knees lie. Needs a score of at least `min_score` on
/// one side for each; otherwise unclear.
BodyPosture body_posture(const pose::Pose& pose, double min_score);

/// The body of a pose, or nothing when hips or shoulders are not seen. `min_score` as for
/// body_posture; legs with a joint below it are absent.
std::optional<BodyFrame> measure(const pose::PoseFrame& frame, double min_score);

/// Lengths and angles of a leg by its joints.
void measure_angles(LegFrame& leg, pose::Side head_direction);

/// How far `point` is above `rest` (away from the mat), in pixels.
inline double height_above_px(base::ImagePoint point, base::ImagePoint rest) {
  return rest.y_px - point.y_px;
}

/// Angle of the line from `from` to `to` above the floor, looking toward the head; -180 to 180.
base::Degrees incline(base::ImagePoint from, base::ImagePoint to, pose::Side head_direction);

}  // namespace matside::kinematics
