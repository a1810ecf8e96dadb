// What the columns of a table of poses hold, by the names that programs give them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/pose/landmark.h"

namespace matside::formats {

struct PoseColumn {
  enum class Quantity {
    frame,
    time,
    width,
    height,
    joint,  ///< a landmark's name or number: the table has one joint a row
    x,
    y,
    score,
    knee_flexion,
    knee_deviation,
    other,
  };
  Quantity quantity = Quantity::other;
  std::string name;  ///< as in the table
  /// Of x, y and score, where the table has one frame a row: the joint as it is reading, a
  /// landmark's plain name or a number.
  std::string joint;
  pose::Side side = pose::Side::left;  ///< of a knee
  bool in_pixels = false;              ///< an x or y that says so
  double seconds = 0.0;                ///< of a time: one unit; 0 where it does not say
};

/// Understands, in whatever case and with whatever marks between words: frame, time_s,
/// timestamp_ms, width, height, landmark; left_knee_x, LEFT_KNEE.x, x_left_knee, x25,
/// landmark_25_x, left_knee_x_px; visibility, score and the like. What it does not understand
/// is `other`.
std::vector<PoseColumn> pose_columns(const std::vector<std::string>& header);

/// A landmark by its name or its number. @param first the number of the first landmark
std::optional<pose::Landmark> parse_landmark(std::string_view joint, int first);

}  // namespace matside::formats
