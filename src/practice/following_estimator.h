// The pose estimators that follow a person with BlazePose's networks.
#pragma once

#include <functional>

#include "core/base/result.h"
#include "practice/pose_estimator.h"
#include "vision/blazepose/pose_models.h"
#include "vision/image/view.h"

namespace matside::practice {

/// An estimator that follows one person on the calling thread. One thread at a time.
/// @returns ErrorKind::model when a network file is missing, cut short or changed
base::Result<PoseEstimator> create_pose_estimator(const blazepose::PoseModels& models);

/// An estimator whose networks may run beside the caller. One thread at a time.
struct LookingAheadEstimator {
  PoseEstimator estimate;
  /// Begins with a picture that `estimate` is given later, as blazepose::PoseTracker says.
  std::function<void(const image::View& picture)> look_ahead;
};

/// Pictures that look_ahead() takes before the first of them is estimated.
inline constexpr int kMostAhead = 2;

/// For a camera's pictures in a browser.
/// @returns as create_pose_estimator()
base::Result<LookingAheadEstimator> create_camera_estimator(
    const blazepose::PoseModels& models);

/// For the pictures of a recorded video: looks for the person where they were several frames
/// earlier, so that the poses are those of any number of threads (docs/adr/0011).
/// @returns as create_pose_estimator()
base::Result<LookingAheadEstimator> create_recording_estimator(
    const blazepose::PoseModels& models);

}  // namespace matside::practice
