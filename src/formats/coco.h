// COCO keypoints in JSON: 17 joints, or the joints of Halpe (26 or 136) and COCO-WholeBody
// (133) that AlphaPose and RTMPose write in the same form.
// @source cocodataset.org, Data format and Results format (keypoints: x, y, v or score)
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "formats/imported_poses.h"

namespace matside::formats {

/// Writes a COCO data set with one person: images with size and `time_s`, annotations with
/// keypoints. Two keys are additions to COCO: `keypoint_scores`, and `matside` with the knees.
std::string coco_json(const std::vector<pose::PoseFrame>& frames);

/// Reads a COCO data set or a list of results. Images are identified by numbers, or by names
/// that contain a number.
/// @returns ErrorKind::usage if the file and the hints lack the picture size or frame rate;
///   ErrorKind::input with file and place
base::Result<ImportedPoses> read_coco(std::string_view text, const std::string& name,
                                      const PoseHints& hints);

}  // namespace matside::formats
