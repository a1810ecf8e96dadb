// COCO's key points in JSON, 17 joints, and AlphaPose's and RTMPose's 26 of Halpe in the same
// form.
// @source cocodataset.org, Data format and Results format (keypoints: x, y, v or score)
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "formats/imported_poses.h"

namespace matside::formats {

/// A data set: images with size and `time_s`, annotations of one person with the key points
/// and, beside what COCO knows, `keypoint_scores` and the knees' readings.
std::string coco_json(const std::vector<pose::PoseFrame>& frames);

/// A data set, or a list of results, whose images may be numbers or names with a number.
/// @returns ErrorKind::usage where the pictures' size or rate is not there and not hinted;
///   ErrorKind::input naming the file and the place in it
base::Result<ImportedPoses> read_coco(std::string_view text, const std::string& name,
                                      const PoseHints& hints);

}  // namespace matside::formats
