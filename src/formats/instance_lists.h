// Poses as lists of persons in JSON, as MMPose and Ultralytics YOLO save them.
// @source MMPose, demo/topdown_demo_with_mmdet.py and MMPoseInferencer (meta_info,
//   instance_info: frame_id, instances: keypoints, keypoint_scores); Ultralytics,
//   Results.to_json (keypoints: x, y, visible)
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/pose/skeleton.h"
#include "formats/imported_poses.h"
#include "formats/strict_json/node.h"

namespace matside::formats {

/// More persons in one picture are refused.
inline constexpr std::size_t kMaxPeople = 1000;

/// The persons of one picture: a list of objects with `keypoints`. Positions that are fractions
/// of the picture's sides are scaled to `size`. Errors are reported at their place.
/// @param skeleton  set to that of the first person; null before
std::vector<pose::Pose> read_instances(const strict_json::Node& list, base::ImageSize size,
                                       const pose::Skeleton*& skeleton);

/// Reads a file of one picture or of all pictures of a recording.
/// @returns ErrorKind::usage if the hints lack the picture size or frame rate;
///   ErrorKind::input with file and place
base::Result<ImportedPoses> read_instance_lists(std::string_view text, const std::string& name,
                                                const PoseHints& hints);

}  // namespace matside::formats
