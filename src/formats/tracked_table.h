// Tables of tracking programs whose users name the joints themselves: DeepLabCut and SLEAP.
// @source DeepLabCut, standard CSV (rows scorer, individuals, bodyparts, coords; columns x, y,
//   likelihood); SLEAP, analysis CSV (track, frame_idx, instance.score, JOINT.x, JOINT.y,
//   JOINT.score)
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "formats/imported_poses.h"
#include "formats/pose_file_hints.h"

namespace matside::formats {

/// Whether a text begins like DeepLabCut's CSV.
bool is_deeplabcut(std::string_view text);
/// Whether a text begins like SLEAP's analysis CSV.
bool is_sleap(std::string_view text);

/// Reads either. Joints are recognised by their usual names, as markers are, or by the table of
/// the hints. Positions are in pixels. The rows of a frame may be anywhere.
/// @returns ErrorKind::usage if the hints lack the picture size or frame rate;
///   ErrorKind::input with line and column, or with the joints that have no known name
base::Result<ImportedPoses> read_tracked_table(std::string_view text, const std::string& name,
                                               const PoseFileHints& hints);

}  // namespace matside::formats
