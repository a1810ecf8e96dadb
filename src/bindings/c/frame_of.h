// A frame of the library from one of the engine, for tests.
#pragma once

#include <cstddef>
#include <matside/matside.hpp>

#include "core/pose/pose_frame.h"

namespace matside {

inline Frame frame_of(const pose::PoseFrame& seen) {
  Frame frame(seen.time.value(), seen.image_size.width_px, seen.image_size.height_px);
  if (!seen.pose) return frame;
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    const pose::Keypoint& k = seen.pose->keypoints[i];
    frame.set_landmark(static_cast<Landmark>(i), k.position.x_px, k.position.y_px, k.score);
  }
  for (const pose::Side side : pose::kSides) {
    const auto& knee = seen.pose->knees[pose::index(side)];
    if (!knee) continue;
    frame.set_knee_flexion(static_cast<Side>(side), knee->flexion.value(),
                           knee->deviation.value());
  }
  return frame;
}

}  // namespace matside
