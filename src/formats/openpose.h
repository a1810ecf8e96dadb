// OpenPose's JSON: one file for each picture, NAME_000000000012_keypoints.json, with 25 joints
// for each person. Pose2Sim writes Halpe's and COCO's joints in this form.
// @source OpenPose, doc/02_output.md (BODY_25, pose_keypoints_2d: x, y, confidence in pixels)
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/pose/skeleton.h"
#include "formats/imported_poses.h"

namespace matside::formats {

/// @returns the picture's number in a file name; none if the name isn't one that OpenPose
/// writes
std::optional<std::int64_t> openpose_frame(std::string_view file_name);

/// The name of a picture's file. @param stem  the part before the number
std::string openpose_file_name(const std::string& stem, std::int64_t frame);

/// One picture's file. The key `matside` is an addition to OpenPose, with the time, the picture
/// size and the knees; other programs ignore it.
std::string openpose_json(const pose::PoseFrame& frame);

/// Reads the files of a folder, one after the other.
class OpenPoseReader {
 public:
  explicit OpenPoseReader(const PoseHints& hints) : hints_(hints) {}

  /// Reads the next file. Frame numbers must increase.
  /// @param name  of the file, for errors
  /// @returns errors as of read_coco()
  base::Result<void> take(std::int64_t frame, std::string_view text, const std::string& name);

  [[nodiscard]] ImportedPoses& poses() { return poses_; }

 private:
  PoseHints hints_;
  PersonSelector choice_;
  const pose::Skeleton* skeleton_ = nullptr;  ///< Of the first person.
  ImportedPoses poses_{"openpose-body-25", {}};
};

}  // namespace matside::formats
