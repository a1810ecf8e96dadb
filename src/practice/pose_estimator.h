// Poses in live pictures, one picture after another.
#pragma once

#include <functional>

#include "core/base/result.h"
#include "vision/blazepose/tracked_pose.h"
#include "vision/image/view.h"

namespace matside::practice {

/// Finds the person in the next picture of one practice.
/// @returns ErrorKind::input for a picture without pixels, ErrorKind::model when a network
///   fails
using PoseEstimator =
    std::function<base::Result<blazepose::TrackedPose>(const image::View& picture)>;

}  // namespace matside::practice
