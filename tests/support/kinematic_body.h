// A jointed body lying on a mat and a pinhole camera looking at it: poses with exact truth.
#pragma once

#include <array>

#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/pose/pose_frame.h"

namespace matside::support {

/// Segment lengths follow from the height (Winter, Biomechanics and Motor Control, ratios of
/// height).
struct Body {
  double height_m = 1.68;
  double thigh_ratio = 0.245;
  double shank_ratio = 0.246;
};

/// Joint angles of one instant, prone. Zero everywhere is lying flat with straight legs.
struct Posture {
  double trunk_incline_deg = 0.0;  ///< shoulders above the hips
  double neck_deg = 0.0;           ///< head bent up (positive) or down against the trunk
  double elbow_forward_deg = 0.0;  ///< upper arm leaning forward
  double hip_rise_m = 0.0;         ///< hips above their rest
  std::array<double, 2> knee_flexion_deg{};  ///< left, right: above the straight leg
  std::array<double, 2> thigh_lift_deg{};    ///< left, right: knee off the mat
  double upright_deg = 0.0;  ///< the whole body turned from prone (0) to standing (90)
};

struct Camera {
  base::ImageSize size{640, 360};
  double distance_m = 2.4;
  double height_m = 0.4;
  double yaw_deg = 0.0;  ///< moved toward the feet (positive) or the head
  double roll_deg = 0.0;
  double hfov_deg = 60.0;
  pose::Side side = pose::Side::right;  ///< the body's side the camera is at
};

/// The posed body as a camera sees it, without noise. All scores are 1.
pose::Pose seen_by(const Camera& camera, const Body& body, const Posture& posture);

/// The interior truth: knee flexion by the joint centres, 0 = in line, as `seen_by` poses it.
inline constexpr double kStraightKneeDeg = 4.0;

}  // namespace matside::support
