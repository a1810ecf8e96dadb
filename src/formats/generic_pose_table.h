// Poses from a table with a header, as people save MediaPipe's: one frame a row or one joint a
// row, positions as shares of the picture or in pixels.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "formats/imported_poses.h"

namespace matside::formats {

/// Columns are found by their names (pose_columns.h); a table of numbered landmarks begins with
/// 0 or 1. Positions are pixels where the header says so or most of them are beyond 2. A time
/// without a unit is in milliseconds where its steps are longer than any camera's in seconds.
/// Rows of a frame stand together. An empty cell is a joint that was not found.
/// @returns ErrorKind::usage where the pictures' size or rate is not there and not hinted;
///   ErrorKind::input naming line and column: no such table, a cell that is no number, frames
///   or times that do not rise.
base::Result<ImportedPoses> read_pose_table(std::string_view text, const std::string& name,
                                            const PoseHints& hints);

}  // namespace matside::formats
