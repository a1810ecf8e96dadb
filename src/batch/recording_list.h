// Which recordings a batch analyses: files, folders, globs, or a manifest that lists them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace matside::batch {

/// One recording, and what is known about it. Texts are one line without control characters.
struct ListedRecording {
  std::filesystem::path path;
  std::string person{};        ///< Empty: nobody said.
  std::optional<int> level{};  ///< Absent: the batch's own level.
  std::string date{};          ///< ISO 8601 as the manifest has it; or empty.
  std::optional<double> height_m{};
  std::string note{};
};

/// Larger batches are refused; divide them.
inline constexpr std::size_t kMaxRecordings = 1'000'000;

/// Whether a text begins like a manifest: its first line has a column called `path`.
bool is_manifest(std::string_view beginning);

/// Reads a manifest: a table with the columns path, person, level, date, height_m and note, in
/// any order, separated by commas, semicolons or tabs. Only path is required.
/// @param name  of the file, for errors
/// @param folder  that relative paths begin at
/// @param highest_level  of the exercise
/// @returns ErrorKind::input with line and column: an unknown column, a path that is missing, a
///   level, date or height that can't be, a text with control characters, too many rows
base::Result<std::vector<ListedRecording>> read_manifest(std::string_view text,
                                                         const std::string& name,
                                                         const std::filesystem::path& folder,
                                                         int highest_level);

/// Lists the recordings of all inputs, each path once for each person, sorted by path. A folder
/// stands for every video and pose file in it and its subfolders; a folder of pose files with
/// numbers, one for each picture, for one recording. Hidden files and links to folders are left
/// out.
/// @param not_in  a folder to leave out: the dataset
/// @returns ErrorKind::input for an input that doesn't exist, a folder or glob without a
///   recording, a damaged manifest, and more than kMaxRecordings
base::Result<std::vector<ListedRecording>> list_recordings(std::span<const std::string> inputs,
                                                           const std::filesystem::path& not_in,
                                                           int highest_level);

}  // namespace matside::batch
