// One file of poses, whatever program wrote it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "formats/imported_poses.h"
#include "formats/marker_names.h"

namespace matside::formats {

enum class PoseFormat {
  matside_table,   ///< pose_csv.h
  matside_binary,  ///< pose_stream.h
  table,           ///< pose_table.h
  coco,
  mediapipe,
  openpose,  ///< a single picture's file
  trc,
};

/// By how it begins; nothing where it is none of these.
std::optional<PoseFormat> pose_format_of(std::string_view text);

/// What a person may have to tell beside the file.
struct PoseFileHints {
  PoseHints poses;
  MarkerTable markers;
};

/// @returns as the format's own reader; ErrorKind::input where it is none of them, or has no
///   frame.
base::Result<ImportedPoses> read_pose_file(std::string_view text, const std::string& name,
                                           const PoseFileHints& hints);

}  // namespace matside::formats
