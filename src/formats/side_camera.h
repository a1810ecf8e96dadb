// Points in space as a camera at the side of the mat would see them: the engine judges what a
// camera sees, and undoes its perspective.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/pose/landmark.h"
#include "core/pose/pose_frame.h"

namespace matside::formats {

/// A point in a laboratory's space, in whatever unit; y is up.
struct Point3d {
  double x = 0.0;
  double y = 0.0;
  double z = 0.0;
};

/// The landmarks in space at one time; what was not found is absent.
struct MarkerFrame {
  std::int64_t number = 0;
  base::Seconds time;
  std::array<std::optional<Point3d>, pose::kLandmarkCount> points;
};

/// Sees the frames from the person's right side, square to the line from hips to shoulders,
/// from 1.3 times the body's length away, in a picture of 1920 x 1080. Where all points lie in
/// one plane z they are the picture themselves.
/// @returns frames not rounded; ErrorKind::input naming `name` where hips and shoulders are
///   never there together
base::Result<std::vector<pose::PoseFrame>> project_to_side_view(
    const std::vector<MarkerFrame>& frames, const std::string& name);

}  // namespace matside::formats
