// Estimates how a picture is rotated from the body lying in it.
#pragma once

#include <optional>

#include "core/base/point.h"
#include "vision/blazepose/landmark_model.h"
#include "vision/blazepose/tracked_pose.h"

namespace matside::blazepose {

/// Clockwise quarter turns (0 to 3) that make the picture upright, from one prone body: the
/// elbows point to the mat and raised feet point away from it. Nothing when the body is too
/// flat to decide or was not located by the eye.
std::optional<int> estimate_quarter_turns(const DetectedBody& body);

/// Accumulates the estimates of one video. A recording may be stored rotated without a tag; the
/// body is still found, but up and down, and so left and right, would be wrong.
class OrientationEstimator {
 public:
  /// Takes each frame's body, in order.
  void update(const DetectedBody& body);

  /// Clockwise quarter turns, 0 to 3: the last estimate on which kFramesToAgree consecutive
  /// estimates agreed; 0 before.
  [[nodiscard]] int quarter_turns() const { return quarter_turns_; }

  /// Consecutive equal estimates needed.
  static constexpr int kFramesToAgree = 12;

 private:
  int quarter_turns_ = 0;
  int candidate_ = 0;  ///< The latest estimate.
  int in_a_row_ = 0;   ///< How many consecutive estimates agree with it.
};

/// The body's pose in pixels of the picture rotated clockwise by `quarter_turns` (0 to 3).
/// `size` is the picture's size before turning. For a body located by the eye, left and right
/// are assigned again by how it lies in the rotated picture.
pose::Pose turned(const DetectedBody& body, int quarter_turns, base::ImageSize size);

}  // namespace matside::blazepose
