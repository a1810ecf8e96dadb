// The keypoint arrays of OpenPose and COCO: x, y and a third number for each joint.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/pose/pose_frame.h"
#include "core/pose/skeleton.h"
#include "formats/strict_json/node.h"

namespace matside::formats {

/// @returns the third number as a score, limited to 0 to 1
double clamped_score(double third);

/// Reads three numbers for each joint of the skeleton.
/// @param score  makes a score, 0 to 1, of the third number
/// @returns the pose; none after an error, which is reported at `node`: not numbers, or too
///   many or few
std::optional<pose::Pose> read_keypoint_array(const strict_json::Node& node,
                                              const pose::Skeleton& skeleton,
                                              const std::function<double(double)>& score);

/// Writes three numbers for each joint of the skeleton; 0, 0, 0 for a missing joint.
/// @param third  makes the third number of a score
std::vector<double> keypoint_array(const pose::Pose& pose, const pose::Skeleton& skeleton,
                                   const std::function<double(double)>& third);

}  // namespace matside::formats
