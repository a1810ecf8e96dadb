// Where the person is in the pictures of one practice, one picture after another.
#pragma once

#include <functional>

#include "core/base/result.h"
#include "vision/blazepose/pose_models.h"
#include "vision/blazepose/pose_tracker.h"
#include "vision/image/view.h"

namespace matside::server {

/// Fails with ErrorKind::model when a network fails.
using PoseEstimator =
    std::function<base::Result<blazepose::TrackedPose>(const image::View& picture)>;

/// By these networks, on one thread. @returns ErrorKind::model when a file is missing, cut
/// short
///   or changed.
base::Result<PoseEstimator> create_pose_estimator(const blazepose::PoseModels& models);

}  // namespace matside::server
