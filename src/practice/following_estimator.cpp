#include "practice/following_estimator.h"

#include <memory>
#include <utility>

#include "vision/blazepose/pose_tracker.h"

namespace matside::practice {
namespace {

using Tracker = std::shared_ptr<blazepose::PoseTracker>;

base::Result<Tracker> create_tracker(const blazepose::PoseModels& models,
                                     blazepose::PoseTracker::Options options) {
  auto created = blazepose::PoseTracker::create(models, options);
  if (!created) return created.error();
  return std::make_shared<blazepose::PoseTracker>(std::move(created).value());
}

PoseEstimator estimate_with(Tracker tracker) {
  return [tracker = std::move(tracker)](
             const image::View& picture) -> base::Result<blazepose::TrackedPose> {
    auto tracked = tracker->track({&picture, 1});
    if (!tracked) return tracked.error();
    return tracked.value().front();
  };
}

LookingAheadEstimator look_ahead_with(const Tracker& tracker) {
  return {estimate_with(tracker),
          [tracker](const image::View& picture) { tracker->look_ahead(picture); }};
}

}  // namespace

base::Result<PoseEstimator> create_pose_estimator(const blazepose::PoseModels& models) {
  auto tracker = create_tracker(models, {.threads = 1, .lag = 1});
  if (!tracker) return tracker.error();
  return estimate_with(std::move(tracker).value());
}

base::Result<LookingAheadEstimator> create_camera_estimator(
    const blazepose::PoseModels& models) {
  auto tracker = create_tracker(models, {.threads = 1, .lag = kMostAhead, .ahead = kMostAhead});
  // Where no network runs beside the caller, the last picture's region is the newest.
  if (tracker && tracker.value()->most_ahead() == 0) {
    tracker = create_tracker(models, {.threads = 1, .lag = 1});
  }
  if (!tracker) return tracker.error();
  return look_ahead_with(tracker.value());
}

base::Result<LookingAheadEstimator> create_recording_estimator(
    const blazepose::PoseModels& models) {
  auto tracker =
      create_tracker(models, {.threads = 1, .lag = blazepose::kMaxLag, .ahead = kMostAhead});
  if (!tracker) return tracker.error();
  return look_ahead_with(tracker.value());
}

}  // namespace matside::practice
