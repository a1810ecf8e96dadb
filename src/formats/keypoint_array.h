// Joints of a skeleton as OpenPose and COCO write them: x, y and a third number for each.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/pose/pose_frame.h"
#include "core/pose/skeleton.h"
#include "formats/strict_json/node.h"

namespace matside::formats {

/// A score from the third number: as it is, but from 0 to 1.
double clamped_score(double third);

/// Three numbers a joint. A problem at `node` where there are more or fewer.
std::optional<pose::Pose> read_keypoint_array(const strict_json::Node& node,
                                              const pose::Skeleton& skeleton,
                                              const std::function<double(double)>& score);

/// Numbers of all joints, by `third` of each joint's score; 0, 0, 0 for a joint that is not
/// there.
std::vector<double> keypoint_array(const pose::Pose& pose, const pose::Skeleton& skeleton,
                                   const std::function<double(double)>& third);

}  // namespace matside::formats
