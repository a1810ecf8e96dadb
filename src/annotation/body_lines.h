// The body drawn as lines over the person.
#pragma once

#include <optional>

#include "annotation/sheet.h"
#include "core/base/quantity.h"
#include "core/pose/pose_frame.h"

namespace matside::annotation {

/// A body in pixels of the picture that is drawn on.
struct Body {
  pose::Pose pose;
  /// The side toward the camera, where the body lies: the other is drawn behind it, lighter.
  std::optional<pose::Side> near;
};

/// A knee whose flexion is written beside it.
struct BentKnee {
  pose::Side side = pose::Side::left;
  base::Degrees flexion;
};

/// Draws limbs in the colours of their sides, what is hardly seen faintly, and the knee's
/// angle. `unit_px`: a hundredth of the picture, which all sizes are told in.
void draw_body(Sheet& sheet, const Body& body, const std::optional<BentKnee>& knee,
               double unit_px);

/// Where it lies, by the landmarks that are seen; nothing where none is.
std::optional<Box> extent_of(const pose::Pose& pose);

}  // namespace matside::annotation
