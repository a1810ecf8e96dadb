// The camera's direction relative to the body's plane of movement, and the picture as a camera
// square to that plane would have taken it.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/kinematics/body_frame.h"

namespace matside::kinematics {

/// Maps points of the near leg's plane from the picture into that plane, in pixels as large as
/// those at the picture's centre. Lengths and angles are then true, whatever the direction of
/// the camera. A default-constructed one changes nothing.
/// @source movement.md 5.5, in full perspective
class PlaneRectification {
 public:
  PlaneRectification() = default;
  /// `across`: from the body's near side to its far one, in the camera's axes (x right, y down,
  /// z ahead); need not have length 1. Ahead must outweigh the rest.
  PlaneRectification(std::array<double, 3> across, base::ImageSize size);

  /// Where a point of the picture is in the plane.
  [[nodiscard]] base::ImagePoint rectified(base::ImagePoint seen) const;
  /// The same body with its points, lengths and angles rectified.
  [[nodiscard]] BodyFrame rectified(const BodyFrame& seen) const;

  /// The camera's angle along the mat, 0 = square; positive = from the picture's left.
  [[nodiscard]] base::Degrees yaw() const { return yaw_; }
  /// How far it looks down on the body, 0 = level.
  [[nodiscard]] base::Degrees pitch() const { return pitch_; }
  /// Both together: from the camera's line of sight to the direction across the body, 0 to 37.
  [[nodiscard]] base::Degrees obliquity() const;

  /// Two joints of a pair, and their distance over the `length_px` of corrected().
  struct Pair {
    base::ImagePoint near;
    base::ImagePoint far;
    double apart = 0.0;
  };
  /// A better estimate, which places these pairs where they are seen, when this one is nearly
  /// right. @param length_px in rectified pixels
  [[nodiscard]] PlaneRectification corrected(std::span<const Pair> pairs,
                                             double length_px) const;

 private:
  void set_direction(std::array<double, 3> across);
  [[nodiscard]] std::array<double, 3> ray(base::ImagePoint seen) const;

  bool known_ = false;
  std::array<double, 3> across_{0.0, 0.0, 1.0};
  std::array<double, 3> along_{1.0, 0.0, 0.0};
  std::array<double, 3> down_{0.0, 1.0, 0.0};
  base::Degrees yaw_;
  base::Degrees pitch_;
  base::ImagePoint middle_;
  double focal_px_ = 1.0;
};

/// The camera's direction from where the far shoulder and hip are seen relative to the near
/// ones, by medians over `frames`; at least one. `scratch` is overwritten.
/// @returns a rectification that changes nothing where a joint needed is never seen
PlaneRectification estimate_rectification(std::span<const BodyFrame> frames,
                                          std::vector<double>& scratch);

}  // namespace matside::kinematics
