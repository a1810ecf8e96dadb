// Marker positions in space, as motion laboratories and OpenSim exchange them (TRC).
// @source OpenSim, Marker (.trc) Files; tab-separated, y up
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "formats/imported_poses.h"
#include "formats/marker_names.h"

namespace matside::formats {

/// The landmarks in the plane of the picture: metres from its lower left corner, z 0. A joint
/// that was not seen is blank. The first line tells the picture's size and scale, so that the
/// file is read back as it was.
/// @param frames at least one, of one picture size
/// @param metres_per_px of the body's plane; greater than 0
std::string trc_text(const std::vector<pose::PoseFrame>& frames, double metres_per_px,
                     const std::string& file_name);

/// How large a pixel is where the body lies: by the length of its legs, which are 0.491 of a
/// person's height (thigh 0.245, shank 0.246).
/// @source Winter, Biomechanics and Motor Control, segment lengths
/// @returns ErrorKind::input where no leg was seen
base::Result<double> metres_per_px(const std::vector<pose::PoseFrame>& frames, double height_m);

/// Reads markers by their names and sees them from the side (side_camera.h). Blank cells are
/// markers that were not found.
/// @returns ErrorKind::input naming line and column: another header, more or fewer columns than
///   it tells, a cell that is no number, a comma in place of the point; or naming the joints
///   for which there is no marker, with the option that tells them.
base::Result<ImportedPoses> read_trc(std::string_view text, const std::string& name,
                                     const MarkerTable& table);

}  // namespace matside::formats
