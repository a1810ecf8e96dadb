// MediaPipe's pose landmarks in JSON: 33 landmarks as shares of the picture.
// @source MediaPipe, Pose Landmarker: x and y normalised by width and height, visibility 0 to 1
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "formats/imported_poses.h"

namespace matside::formats {

/// {"width", "height", "frames": [{"frame", "timestamp_ms", "landmarks": [{"x", "y",
/// "visibility"}]}]}; beside them the knees' readings.
std::string mediapipe_json(const std::vector<pose::PoseFrame>& frames);

/// The same, also as a bare list of frames; landmarks of one person or of several, as
/// `landmarks`, `pose_landmarks`, `poseLandmarks` or `keypoints`, with or without a `landmark`
/// list inside.
/// @returns as read_pose_table(), naming the place in the file
base::Result<ImportedPoses> read_mediapipe(std::string_view text, const std::string& name,
                                           const PoseHints& hints);

}  // namespace matside::formats
