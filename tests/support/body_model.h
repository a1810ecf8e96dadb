// A jointed body lying on a mat and a pinhole camera looking at it: poses with exact truth.
#pragma once

#include <array>
#include <optional>

#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/pose/pose_frame.h"

namespace matside::support {

/// Knee flexion of a relaxed straight leg by the joint centres, 0 = in line.
inline constexpr double kStraightKneeDeg = 4.0;

/// Segment lengths follow from the height (Winter, Biomechanics and Motor Control, ratios of
/// height).
struct Body {
  double height_m = 1.68;
  double thigh_ratio = 0.245;
  double shank_ratio = 0.246;
  double trunk_ratio = 0.29;
  double upper_arm_ratio = 0.17;
  double forearm_ratio = 0.146;
  double neck_ratio = 0.14;  ///< shoulder to ear
  double hip_half_width_ratio = 0.055;
  double shoulder_half_width_ratio = 0.11;
  double hip_above_mat_m = 0.095;  ///< lying prone
  double knee_above_mat_m = 0.06;
  double straight_knee_deg = kStraightKneeDeg;

  [[nodiscard]] double thigh_m() const { return thigh_ratio * height_m; }
  [[nodiscard]] double shank_m() const { return shank_ratio * height_m; }
};

/// Joint angles of one instant, prone. Zero everywhere is lying flat with straight legs. Arrays
/// are left, right.
struct Posture {
  double trunk_incline_deg = 0.0;  ///< shoulders above the hips
  double neck_deg = 0.0;           ///< head bent up (positive) or down against the trunk
  double elbow_forward_deg = 0.0;  ///< upper arm leaning forward
  double hip_rise_m = 0.0;         ///< hips above their rest
  double pelvis_roll_deg = 0.0;    ///< left hip up (positive), right hip down
  std::array<double, 2> knee_flexion_deg{};  ///< above the straight leg
  std::array<double, 2> thigh_lift_deg{};    ///< knee off the mat
  std::array<double, 2> shank_out_deg{};     ///< the raised foot leaning out of the leg's plane
  std::array<double, 2> reach_m{};           ///< the leg drawn long, away from the trunk
  double upright_deg = 0.0;  ///< the whole body turned from prone (0) to standing (90)
  /// Where both elbows stay, in the body's plane; otherwise they follow the shoulders.
  std::optional<base::WorldPoint> elbows;
};

struct Camera {
  base::ImageSize size{640, 360};
  double distance_m = 2.4;
  double height_m = 0.4;
  double yaw_deg = 0.0;   ///< moved toward the feet (positive) or the head
  double tilt_deg = 0.0;  ///< looking above (positive) or below the hips
  double roll_deg = 0.0;
  double hfov_deg = 60.0;
  pose::Side side = pose::Side::right;  ///< the body's side the camera is at
};

/// Every landmark's place in the room.
using Skeleton = std::array<base::WorldPoint, pose::kLandmarkCount>;

/// The point `length_m` away in the body's own plane; 0 = toward the head, 90 = up.
base::WorldPoint step(base::WorldPoint from, double length_m, double elevation_deg);

/// Every landmark of the face where the nose is.
void put_face(Skeleton& skeleton, base::WorldPoint nose);

Skeleton posed(const Body& body, const Posture& posture);

/// A body as a camera sees it, without noise. All scores are 1.
pose::Pose seen_by(const Camera& camera, const Skeleton& skeleton);

/// The posed body as a camera sees it, without noise. All scores are 1.
pose::Pose seen_by(const Camera& camera, const Body& body, const Posture& posture);

}  // namespace matside::support
