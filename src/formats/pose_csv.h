// Poses as a table with one frame in each row: `frame,t_s`, then `NAME_x,NAME_y,NAME_score` for
// each landmark by its standard name, then `SIDE_knee_flexion_deg,SIDE_knee_flexion_sd_deg` for
// both sides: the knee flexion that the eye measured, and its standard deviation. Poses from
// positions in space have `SIDE_knee_flexion_in_space_deg,SIDE_hip_flexion_in_space_deg,
// SIDE_thigh_in_space_deg` for both sides, too (pose::LegInSpace). Positions are pixels of the
// upright picture. Fields are empty if no person was found.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/pose/pose_frame.h"

namespace matside::formats {

/// Whether a table has the columns of legs in space.
enum class LegColumns { none, in_space };

/// The header line, with its line end.
std::string pose_csv_header(LegColumns legs = LegColumns::none);

/// A frame's line, with its line end, rounded as by pose::rounded(). A rounded frame is
/// restored bit for bit.
std::string pose_csv_row(const pose::PoseFrame& unrounded, LegColumns legs = LegColumns::none);

/// Reads such a table, with or without the columns of the knees and of legs in space. The score
/// of a pose becomes the mean of its landmarks' scores.
/// @param name  of the file, for errors
/// @param image_size  of the pictures, which the file lacks
/// @returns ErrorKind::input with line and column: another header, too few or too many fields,
///   a field that isn't a finite number, a score outside 0 to 1, an incomplete pose, frame
///   numbers or times that don't increase
base::Result<std::vector<pose::PoseFrame>> read_pose_csv(std::string_view text,
                                                         const std::string& name,
                                                         base::ImageSize image_size);

}  // namespace matside::formats
