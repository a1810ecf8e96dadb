// MediaPipe's pose landmarks in JSON: 33 landmarks, as fractions of the picture's width and
// height.
// @source MediaPipe, Pose Landmarker: x and y normalised by width and height, visibility 0 to 1
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "formats/imported_poses.h"

namespace matside::formats {

/// Writes {"width", "height", "frames": [{"frame", "timestamp_ms", "landmarks": [{"x", "y",
/// "visibility"}]}]}, and the knees under the key `matside`.
std::string mediapipe_json(const std::vector<pose::PoseFrame>& frames);

/// Reads such an object, or only its list of frames. The landmarks may be of one or several
/// persons, under `landmarks`, `pose_landmarks`, `poseLandmarks` or `keypoints`, with or
/// without an inner list `landmark`.
/// @returns ErrorKind::usage if the file and the hints lack the picture size or frame rate;
///   ErrorKind::input with file and place
base::Result<ImportedPoses> read_mediapipe(std::string_view text, const std::string& name,
                                           const PoseHints& hints);

}  // namespace matside::formats
