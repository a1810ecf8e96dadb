// Recognises the columns of a pose table by the names that programs give them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/pose/landmark.h"

namespace matside::formats {

/// What one column of a pose table contains.
struct PoseColumn {
  enum class Quantity {
    frame,
    time,
    width,
    height,
    joint,  ///< a landmark's name or number: the table has one joint in each row
    x,
    y,
    score,
    knee_flexion,
    knee_deviation,
    other,
  };
  Quantity quantity = Quantity::other;
  std::string name;  ///< as in the table
  /// The joint of an x, y or score, in a table with one frame in each row: a landmark's
  /// normalised name, or a number.
  std::string joint;
  pose::Side side = pose::Side::left;  ///< of a knee
  bool in_pixels = false;              ///< an x or y whose name has the unit px
  double seconds = 0.0;                ///< the unit of a time, in seconds; 0: unknown
};

/// Recognises frame, time_s, timestamp_ms, width, height, landmark; left_knee_x, LEFT_KNEE.x,
/// x_left_knee, x25, landmark_25_x, left_knee_x_px; visibility, score and the like. Case and
/// the marks between words don't matter. Other columns become Quantity::other.
std::vector<PoseColumn> pose_columns(const std::vector<std::string>& header);

/// @param joint  a landmark's name or number
/// @param first  the number of the first landmark, 0 or 1
/// @returns the landmark; none for an unknown name or number
std::optional<pose::Landmark> parse_landmark(std::string_view joint, int first);

}  // namespace matside::formats
