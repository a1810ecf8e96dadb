// How the camera stands to the body's plane of movement, and the picture as a camera square to
// it would have taken it.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/kinematics/body_frame.h"

namespace matside::kinematics {

/// Turns points of the near leg's plane from the picture into that plane, in pixels as large as
/// those in the picture's middle. Lengths are then as long and angles as wide as they are, from
/// whichever direction the camera looks; without knowing the camera, the picture itself.
/// @source movement.md 5.5, in full perspective
class PlaneRectification {
 public:
  PlaneRectification() = default;
  /// `across`: from the body's near side to its far one, in the camera's axes (x right, y down,
  /// z ahead); need not have length 1. Ahead must outweigh the rest.
  PlaneRectification(std::array<double, 3> across, base::ImageSize size);

  [[nodiscard]] base::ImagePoint rectified(base::ImagePoint seen) const;
  /// The same body with its points, lengths and angles squared.
  [[nodiscard]] BodyFrame rectified(const BodyFrame& seen) const;

  /// How far off square the camera looks along the mat; positive = from the picture's left.
  [[nodiscard]] base::Degrees yaw() const;
  /// How far it looks down on the body.
  [[nodiscard]] base::Degrees pitch() const;
  /// Both together: between the camera's line of sight and the way across the body.
  [[nodiscard]] base::Degrees obliquity() const;

  /// Two joints of a pair, and how far apart they are over `length_px` of `corrected`.
  struct Pair {
    base::ImagePoint near;
    base::ImagePoint far;
    double apart = 0.0;
  };
  /// The view that puts these pairs where they are seen, if this one is nearly right.
  /// `length_px` is in squared pixels.
  [[nodiscard]] PlaneRectification corrected(std::span<const Pair> pairs, double length_px) const;

 private:
  void set_direction(std::array<double, 3> across);
  [[nodiscard]] std::array<double, 3> ray(base::ImagePoint seen) const;

  bool known_ = false;
  std::array<double, 3> across_{0.0, 0.0, 1.0};
  std::array<double, 3> along_{1.0, 0.0, 0.0};
  std::array<double, 3> down_{0.0, 1.0, 0.0};
  base::ImagePoint middle_;
  double focal_px_ = 1.0;
};

/// By where the far shoulder and hip are seen beside the near ones, in the middle of these
/// frames; the picture itself where they are not seen. `scratch` is overwritten.
PlaneRectification estimate_rectification(std::span<const BodyFrame> frames, std::vector<double>& scratch);

}  // namespace matside::kinematics
