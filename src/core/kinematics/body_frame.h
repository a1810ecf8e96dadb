// A pose measured as a body: segments and joint angles.
//
// Frame: pixels of the upright picture, x right, y down. Angles are computed from pixels, never
// from coordinates scaled by width and height. "Up" is away from the mat.
#pragma once

#include <array>
#include <optional>

#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/pose/pose_frame.h"

namespace matside::kinematics {

/// A joint with a lower score is a guess of the network, and isn't used.
inline constexpr double kMinJointScore = 0.1;

/// How a pose lies in the picture.
enum class BodyPosture {
  lying,    ///< prone, or along the floor without a sure sign that it isn't
  upright,  ///< standing, sitting, kneeling, on all fours
  unclear,  ///< too little was seen
  on_back,  ///< face and toes up, also with the hips or a leg raised
  on_side,  ///< one shoulder and hip above the other
};

/// Whether the body is along the floor, whichever way it faces.
inline bool is_down(BodyPosture posture) {
  return posture == BodyPosture::lying || posture == BodyPosture::on_back ||
         posture == BodyPosture::on_side;
}

/// One leg in one frame.
struct LegFrame {
  /// 0 = hip, knee and ankle in line; positive = the ankle above the line of the thigh (the
  /// heel comes toward the buttock of a prone body); negative = below it.
  base::Degrees knee_flexion;
  std::optional<pose::KneeEstimate> knee_3d;  ///< where the source of poses estimates it
  /// Where the source measured it; then knee_flexion and thigh are its angles.
  std::optional<pose::LegInSpace> in_space;
  base::Degrees thigh;  ///< thigh against the floor; grows as the knee rises
  base::ImagePoint hip;
  base::ImagePoint knee;
  base::ImagePoint ankle;
  double shank_px = 0.0;  ///< knee to ankle
  double thigh_px = 0.0;  ///< hip to knee
  double score = 0.0;     ///< 0 to 1, the lowest of the three joints'
};

/// The body in one frame. Sides are the person's own.
struct BodyFrame {
  base::Seconds time;
  BodyPosture posture = BodyPosture::unclear;
  pose::Side head_direction = pose::Side::right;  ///< the side of the picture where the head is
  std::array<std::optional<LegFrame>, 2> legs;    ///< by pose::index(Side)
  base::ImagePoint hip;                           ///< near side
  base::ImagePoint shoulder;                      ///< near side
  base::ImagePoint nose;
  base::ImagePoint ear;                   ///< near side
  std::optional<base::ImagePoint> elbow;  ///< near side
  std::optional<base::ImagePoint> far_hip;
  std::optional<base::ImagePoint> far_shoulder;
  base::ImageSize image_size;
  double trunk_score = 0.0;  ///< 0 to 1, the lower of near hip and shoulder
  double head_score = 0.0;   ///< 0 to 1, the nose's
  bool in_space = false;     ///< pose::Pose::in_space()
};

/// The body side toward the camera: a prone person's left when the head is at the picture's
/// left. Holds for an unmirrored picture of somebody lying face down.
/// @source movement.md 5.3: right = anterior x superior, anterior = down
inline pose::Side near_side(pose::Side head_direction) { return head_direction; }

/// The posture, from shoulders, hips and knees. Each needs a score of at least `min_score` on
/// one side, and valid coordinates; otherwise the posture is unclear.
BodyPosture body_posture(const pose::Pose& pose, double min_score);

/// Prone, but with the hips off the floor.
enum class RaisedHips {
  none,          ///< down, or not sure
  on_all_fours,  ///< on the knees, with the trunk along the floor
  on_feet,       ///< the legs straight, the hips the highest
  off_mat,       ///< lying, but with the hips above where they rest
};

/// From both legs and the trunk; both legs must be seen. `off_mat` also needs the near elbow,
/// and both legs straight.
RaisedHips raised_hips(const BodyFrame& body);

/// The body of a pose; nothing without a pose, hip or shoulder. `min_score` as for
/// body_posture(); a leg with a joint below it is absent. Where the near joint isn't seen, the
/// far one is used.
std::optional<BodyFrame> measure(const pose::PoseFrame& frame, double min_score);

/// Sets the lengths and angles of a leg from its joints, or the angles from those in space.
void measure_angles(LegFrame& leg, pose::Side head_direction);

/// How far `point` is above `rest` (away from the mat), in pixels.
inline double height_above_px(base::ImagePoint point, base::ImagePoint rest) {
  return rest.y_px - point.y_px;
}

/// Angle of the line from `from` to `to` above the floor, looking toward the head; -180 to 180.
base::Degrees incline(base::ImagePoint from, base::ImagePoint to, pose::Side head_direction);

}  // namespace matside::kinematics
