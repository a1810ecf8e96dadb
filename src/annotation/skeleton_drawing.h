// Draws the skeleton and the knee's angle.
#pragma once

#include <optional>

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

/// Draws limbs in the colours of their sides, joints of low score faintly, and the knee's
/// angle.
/// @param unit_px the unit of all sizes, about a hundredth of the picture's height.
void draw_skeleton(OverlayLayer& layer, const DrawnBody& body,
                   const std::optional<KneeAngleLabel>& knee, double unit_px);

/// The box around the visible landmarks, in the pose's pixels; nothing if none is visible.
std::optional<Box> extent_of(const pose::Pose& pose);

}  // namespace matside::annotation
