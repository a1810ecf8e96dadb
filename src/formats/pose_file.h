// Reads a pose file in any of the supported formats.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "formats/imported_poses.h"
#include "formats/pose_file_hints.h"

namespace matside::formats {

/// The supported formats of one file.
enum class PoseFormat {
  matside_table,   ///< pose_csv.h
  matside_binary,  ///< pose_codec.h
  table,           ///< generic_pose_table.h
  coco,
  mediapipe,
  openpose,       ///< one picture's file
  instances,      ///< instance_lists.h
  yolo,           ///< one picture's file
  tracked_table,  ///< tracked_table.h
  trc,
  c3d,
  angles,  ///< OpenSim's MOT and STO, which have no positions
};

/// Recognises a format by the beginning of the text. @returns none for other text
std::optional<PoseFormat> pose_format_of(std::string_view text);

/// @param name  of the file, for errors
/// @returns errors of the format's reader; ErrorKind::input for an unknown format, or if there
///   is no frame
base::Result<ImportedPoses> read_pose_file(std::string_view text, const std::string& name,
                                           const PoseFileHints& hints);

}  // namespace matside::formats
