#include "server/pose_estimator.h"

#include <memory>
#include <utility>

namespace matside::server {

base::Result<PoseEstimator> create_pose_estimator(const blazepose::PoseModels& models) {
  auto made = blazepose::PoseTracker::create(models, {.threads = 1, .lag = 1});
  if (!made) return made.error();
  const auto tracker = std::make_shared<blazepose::PoseTracker>(std::move(made).value());
  return PoseEstimator(
      [tracker](const image::View& picture) -> base::Result<blazepose::TrackedPose> {
        auto seen = tracker->track({&picture, 1});
        if (!seen) return seen.error();
        return seen.value().front();
      });
}

}  // namespace matside::server
