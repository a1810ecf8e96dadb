// Poses that another program found, as a person names them: a file, or a folder of OpenPose's.
#pragma once

#include <filesystem>
#include <string>

#include "cli/practice_options.h"
#include "core/base/result.h"
#include "formats/imported_poses.h"

namespace matside::cli {

struct PoseInput {
  formats::ImportedPoses poses;
  std::string sha256;  ///< Of the file; of a folder, of its files' one after the other.
};

/// Whether the path is a folder or holds text that poses could be in, and no recording.
bool holds_poses(const std::filesystem::path& path);

/// @returns ErrorKind::usage where something must be told beside it, ErrorKind::input with the
///   place of what is wrong; ErrorKind::input for a folder without OpenPose's files.
base::Result<PoseInput> read_poses(const std::filesystem::path& path,
                                   const PoseOptions& options);

}  // namespace matside::cli
