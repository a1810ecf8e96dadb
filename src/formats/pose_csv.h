// Poses as a table: one row a frame, `frame,t_s`, then `NAME_x,NAME_y,NAME_score` for each
// landmark by its standard name, then `SIDE_knee_flexion_deg,SIDE_knee_flexion_sd_deg` for both
// sides: the knee's flexion in space and its standard deviation, where the eye for lying bodies
// read it. Positions in pixels of the upright picture; fields are empty where nobody was found.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/pose/pose_frame.h"

namespace matside::formats {

/// The first line, with its line end.
std::string pose_csv_header();

/// The frame's line, with its line end, to the digits of pose::rounded(): a rounded frame comes
/// back bit for bit.
std::string pose_csv_row(const pose::PoseFrame& unrounded);

/// Reads a table back, also one without the knees' columns. The file holds neither the
/// picture's size, which the caller gives, nor how sure a pose is as a whole: its score becomes
/// the mean of its landmarks' scores.
/// @returns ErrorKind::input naming `name`, line and column: another header, too few or too
/// many
///   fields, a field that is no finite number, a score outside 0 to 1, a pose with gaps, frames
///   or times that do not rise.
base::Result<std::vector<pose::PoseFrame>> read_pose_csv(std::string_view text,
                                                         const std::string& name,
                                                         base::ImageSize image_size);

}  // namespace matside::formats
