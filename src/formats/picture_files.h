// A folder with one pose file for each picture: OpenPose's and Pose2Sim's JSON, lists of
// persons in JSON (MMPose, Ultralytics), or YOLO's labels.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/pose/skeleton.h"
#include "formats/imported_poses.h"
#include "formats/openpose.h"

namespace matside::formats {

/// @returns the number at the end of a name such as cam01_000012.json, cam01.00012.json,
///   x_000000000012_keypoints.json or clip_12.txt; none for other names
std::optional<std::int64_t> picture_number(std::string_view file_name);

/// Reads the files of a folder, one after the other.
class PictureFileReader {
 public:
  explicit PictureFileReader(const PoseHints& hints) : hints_(hints), openpose_(hints) {}

  /// Reads the next file. Frame numbers must increase.
  /// @param name  of the file, for errors
  /// @returns errors as of read_coco(), and ErrorKind::input for a file of another kind than
  ///   the first
  base::Result<void> take(std::int64_t frame, std::string_view text, const std::string& name);

  /// What was read; empty afterwards.
  ImportedPoses take_poses();

 private:
  enum class Kind { openpose, instances, yolo };

  base::Result<std::optional<pose::Pose>> person_in(Kind kind, std::string_view text,
                                                    const std::string& name);

  PoseHints hints_;
  std::optional<Kind> kind_;
  OpenPoseReader openpose_;
  PersonSelector choice_;
  const pose::Skeleton* skeleton_ = nullptr;
  ImportedPoses poses_;
};

}  // namespace matside::formats
