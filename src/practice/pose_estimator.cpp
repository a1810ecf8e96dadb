#include "practice/pose_estimator.h"

#include <memory>
#include <utility>

namespace matside::practice {

base::Result<PoseEstimator> create_pose_estimator(const blazepose::PoseModels& models) {
  auto created = blazepose::PoseTracker::create(models, {.threads = 1, .lag = 1});
  if (!created) return created.error();
  const auto tracker = std::make_shared<blazepose::PoseTracker>(std::move(created).value());
  return PoseEstimator(
      [tracker](const image::View& picture) -> base::Result<blazepose::TrackedPose> {
        auto tracked = tracker->track({&picture, 1});
        if (!tracked) return tracked.error();
        return tracked.value().front();
      });
}

}  // namespace matside::practice
