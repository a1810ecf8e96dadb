// Poses that another program found: a file, or a folder with a file for each picture.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "formats/imported_poses.h"
#include "practice/recording/options.h"

namespace matside::recording {

/// A pose file's content.
struct PoseFile {
  formats::ImportedPoses poses;
  std::string sha256;  ///< Of the file; of a folder: of the files' checksums joined in order.
};

/// Whether `path` is a folder, or a file whose beginning is text that poses can be in. Anything
/// else is treated as a video.
[[nodiscard]] bool is_pose_file(const std::filesystem::path& path);

/// Reads all poses. Reading a folder ends with an error when `stop` turns true.
/// @returns ErrorKind::usage where the file lacks the pictures' size or rate and `options` does
///   too, or where the joints are outside that size; ErrorKind::input for a damaged file, with
///   the place, and for a folder without pose files
base::Result<PoseFile> read_poses(const std::filesystem::path& path,
                                  const PoseFileOptions& options,
                                  const std::atomic<bool>& stop);

}  // namespace matside::recording
