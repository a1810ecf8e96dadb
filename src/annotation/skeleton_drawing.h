// Draws the skeleton, and what is measured of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "annotation/overlay_layer.h"
#include "core/base/quantity.h"
#include "core/pose/pose_frame.h"

namespace matside::annotation {

/// A body in pixels of the canvas.
struct DrawnBody {
  pose::Pose pose;
  /// The side towards the camera, for a lying body; the other side is drawn behind it, thinner.
  std::optional<pose::Side> near;
};

/// A knee to label with its flexion in degrees, 0 for a straight knee.
struct KneeAngleLabel {
  pose::Side side = pose::Side::left;
  base::Degrees flexion;
};

/// What is measured at another joint.
struct JointLabel {
  pose::Landmark joint = pose::Landmark::left_hip;
  std::optional<pose::Side> side;  ///< In the colour of this side.
  std::string text;
};

/// What is written at the joints.
struct BodyLabels {
  std::vector<KneeAngleLabel> knees;  ///< If both, that of the far side is above its knee.
  std::optional<JointLabel> joint;
};

/// Draws limbs in the colours of their sides, joints of low score faintly, and the labels.
/// @param unit_px the unit of all sizes, about a hundredth of the picture's height.
void draw_skeleton(OverlayLayer& layer, const DrawnBody& body, const BodyLabels& labels,
                   double unit_px);

/// The box around the visible landmarks, in the pose's pixels; nothing if none is visible.
std::optional<Box> extent_of(const pose::Pose& pose);

}  // namespace matside::annotation
