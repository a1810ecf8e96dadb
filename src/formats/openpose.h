// OpenPose's JSON: a file a picture, NAME_000000000012_keypoints.json, 25 joints a person.
// @source OpenPose, doc/02_output.md (BODY_25, pose_keypoints_2d: x, y, confidence in pixels)
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "formats/imported_poses.h"

namespace matside::formats {

/// The number of the picture in a file's name; nothing where it is no file of key points.
std::optional<std::int64_t> openpose_frame(std::string_view file_name);

/// Such a file's name. @param stem what comes before the number
std::string openpose_file_name(const std::string& stem, std::int64_t frame);

/// One picture's file. Beside what OpenPose writes it holds the key `matside` with time,
/// picture's size and the knees' readings, which others pass over.
std::string openpose_json(const pose::PoseFrame& frame);

/// Puts the files of a folder together.
class OpenPoseReader {
 public:
  explicit OpenPoseReader(const PoseHints& hints) : hints_(hints) {}

  /// Takes the next file; frames must rise.
  /// @param name of the file, for errors
  /// @returns as read_coco()
  base::Result<void> take(std::int64_t frame, std::string_view text, const std::string& name);

  [[nodiscard]] ImportedPoses& poses() { return poses_; }

 private:
  PoseHints hints_;
  PersonSelector choice_;
  ImportedPoses poses_{"openpose-body-25", {}};
};

}  // namespace matside::formats
