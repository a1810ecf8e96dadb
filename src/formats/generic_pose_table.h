// Poses from a table with a header, as scripts around MediaPipe save them: one frame or one
// joint in each row, positions as fractions of the picture or in pixels.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "formats/imported_poses.h"

namespace matside::formats {

/// Columns are found by their names (pose_columns.h); numbered landmarks begin with 0 or 1.
/// Positions are pixels if the header says so, or if most of them are beyond 2. A time without
/// a unit is in milliseconds if its steps are too long for a camera in seconds. The rows of a
/// frame are adjacent. An empty cell is a missing joint.
/// @returns ErrorKind::usage if the table and the hints lack the picture size or frame rate;
///   ErrorKind::input with line and column: not such a table, a cell that isn't a number, frame
///   numbers or times that don't increase
base::Result<ImportedPoses> read_pose_table(std::string_view text, const std::string& name,
                                            const PoseHints& hints);

}  // namespace matside::formats
