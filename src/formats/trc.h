// Marker positions in space, as motion laboratories and OpenSim exchange them (TRC).
// @source OpenSim, Marker (.trc) Files: tab-separated, y up. Pose2Sim, Sports2D and OpenCap
// write "PathFileType  4" with spaces; others write z up, pixels with y down, or commas
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "formats/imported_poses.h"
#include "formats/pose_file_hints.h"

namespace matside::formats {

/// Writes the landmarks in the plane of the picture: metres from its lower left corner, z = 0.
/// Missing joints are blank. The first line contains the picture's size and scale, so that
/// read_trc restores the picture. TRC has one rate for the whole file, so the times are regular
/// (at_equal_intervals()); OrigDataRate is the mean rate of the source.
/// @param recorded  at least one, all of one picture size
/// @param metres_per_px  in the body's plane; greater than 0
/// @param file_name  for the first line
std::string trc_text(const std::vector<pose::PoseFrame>& recorded, double metres_per_px,
                     const std::string& file_name);

/// The size of a pixel in the body's plane, from the length of the near leg: 0.491 of a
/// person's height (thigh 0.245, shank 0.246).
/// @source Winter, Biomechanics and Motor Control, segment lengths
/// @param height_m  the person's height
/// @returns metres, greater than 0; ErrorKind::input if no leg is visible
base::Result<double> metres_per_px(const std::vector<pose::PoseFrame>& frames, double height_m);

/// What the first line of Matside's own files contains besides TRC's.
inline constexpr std::string_view kTrcPictureMark = "picture=";
inline constexpr std::string_view kTrcScaleMark = "metres_per_px=";

/// Reads markers by their names and projects them to a side view (laboratory_poses.h). Fields
/// are separated by tabs, commas, semicolons or spaces; every separator may be doubled. Blank
/// cells and points at exactly 0, 0, 0 are missing markers.
/// @returns ErrorKind::input with line and column: another header, another number of columns
///   than the header's, a cell that isn't a number, a decimal comma; or with the joints that
///   have no marker, and the option that assigns markers. ErrorKind::usage as
///   find_up_axis()
base::Result<ImportedPoses> read_trc(std::string_view text, const std::string& name,
                                     const PoseFileHints& hints);

}  // namespace matside::formats
