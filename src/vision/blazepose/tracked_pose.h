// The pose that a tracker finds in one picture.
#pragma once

#include <optional>

#include "core/base/point.h"
#include "core/pose/pose_frame.h"

namespace matside::blazepose {

/// The followed person's pose in one picture of a video.
struct TrackedPose {
  std::optional<pose::Pose> pose;  ///< Nothing when nobody is found.
  /// Clockwise quarter turns, 0 to 3, that make the picture upright (see OrientationEstimator).
  /// The pose is in pixels of that rotated picture.
  int quarter_turns = 0;
};

/// Size of a picture of `size` after `quarter_turns` quarter turns.
[[nodiscard]] constexpr base::ImageSize turned(base::ImageSize size, int quarter_turns) {
  return quarter_turns % 2 == 0 ? size : base::ImageSize{size.height_px, size.width_px};
}

}  // namespace matside::blazepose
