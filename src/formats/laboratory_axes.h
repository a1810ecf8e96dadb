// Which axis of a laboratory points up: by an option, by the file, or by the body that lies in
// it.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/base/result.h"
#include "formats/side_camera.h"

namespace matside::formats {

/// The axis that points up, with its sign.
enum class UpAxis { x, y, z, minus_x, minus_y, minus_z };

/// @returns the axis of a name such as z, +Z or -y; none for other text
std::optional<UpAxis> up_axis_named(std::string_view name);

/// How the option --up and messages show an axis: z, -y.
std::string_view axis_name(UpAxis axis);

/// Rotates a point so that the axis becomes y. Distances and handedness stay the same.
Point3d turned_y_up(const Point3d& point, UpAxis up);

/// How a recording's axes are expected before anybody has looked at the body.
struct AxisExpectation {
  UpAxis up = UpAxis::y;
  /// Whether the points are in one picture, which is upright: only y and -y are possible.
  bool in_picture = false;
};

/// Finds which axis is up by the person, who lies face down: shanks bend upward from a thigh in
/// line with the trunk, or else the back is up (in space) or the forearms are below (in a
/// picture). If that contradicts the expectation, the lower end of the body decides: it is at
/// the floor, where the coordinate is about 0.
/// @param file  its name, for errors
/// @returns the expected axis where the body shows nothing else; ErrorKind::usage, asking for
///   --up, if both axes would have the body on the floor
base::Result<UpAxis> find_up_axis(std::span<const MarkerFrame> frames, AxisExpectation expected,
                                  std::string_view file);

}  // namespace matside::formats
