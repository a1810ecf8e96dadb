#include "practice/pose_frame_of.h"

namespace matside::practice {

pose::PoseFrame pose_frame_of(std::int64_t index, base::Seconds time, base::ImageSize picture,
                              base::ImageSize source, blazepose::TrackedPose tracked) {
  const base::ImageSize from = blazepose::turned(picture, tracked.quarter_turns);
  const base::ImageSize to = blazepose::turned(source, tracked.quarter_turns);
  if (tracked.pose) {
    for (pose::Keypoint& k : tracked.pose->keypoints) {
      k.position.x_px *= static_cast<double>(to.width_px) / from.width_px;
      k.position.y_px *= static_cast<double>(to.height_px) / from.height_px;
    }
  }
  return pose::rounded({index, time, to, tracked.pose, tracked.quarter_turns});
}

}  // namespace matside::practice
