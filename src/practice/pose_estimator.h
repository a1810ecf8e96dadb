// Poses in live pictures, one picture after another.
#pragma once

#include <functional>

#include "core/base/result.h"
#include "vision/blazepose/pose_models.h"
#include "vision/blazepose/pose_tracker.h"
#include "vision/image/view.h"

namespace matside::practice {

/// Finds the person in the next picture of one practice.
/// @returns ErrorKind::input for a picture without pixels, ErrorKind::model when a network
///   fails
using PoseEstimator =
    std::function<base::Result<blazepose::TrackedPose>(const image::View& picture)>;

/// An estimator that follows one person on the calling thread. One thread at a time.
/// @returns ErrorKind::model when a network file is missing, cut short or changed
base::Result<PoseEstimator> create_pose_estimator(const blazepose::PoseModels& models);

}  // namespace matside::practice
