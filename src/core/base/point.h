// Points in the picture and in the room, kept apart by type.
#pragma once

#include <cmath>

#include "core/base/math.h"
#include "core/base/quantity.h"

namespace matside::base {

/// A point in the upright picture, in pixels: origin top left, x right, y down.
struct ImagePoint {
  double x_px = 0.0;
  double y_px = 0.0;
};

/// A difference of two image points, in pixels.
struct ImageVector {
  double x_px = 0.0;
  double y_px = 0.0;
};

/// A point in the room, in metres: x toward the head, y up, z toward the camera; mat at y = 0.
struct WorldPoint {
  double x_m = 0.0;
  double y_m = 0.0;
  double z_m = 0.0;
};

/// Size of the upright picture in whole pixels.
struct ImageSize {
  int width_px = 0;
  int height_px = 0;

  friend bool operator==(ImageSize, ImageSize) = default;
};

inline ImageVector operator-(ImagePoint a, ImagePoint b) {
  return {a.x_px - b.x_px, a.y_px - b.y_px};
}
inline ImagePoint operator+(ImagePoint a, ImageVector v) {
  return {a.x_px + v.x_px, a.y_px + v.y_px};
}
inline ImageVector operator*(ImageVector v, double k) { return {v.x_px * k, v.y_px * k}; }
inline double dot(ImageVector a, ImageVector b) { return a.x_px * b.x_px + a.y_px * b.y_px; }
inline double cross(ImageVector a, ImageVector b) { return a.x_px * b.y_px - a.y_px * b.x_px; }
/// Length in pixels.
inline double length(ImageVector v) { return base::hypot(v.x_px, v.y_px); }
/// Unsigned angle between two vectors, 0 to 180 degrees; 0 when either has no length.
inline Degrees angle_between(ImageVector a, ImageVector b) {
  return to_degrees(Radians(base::atan2(std::abs(cross(a, b)), dot(a, b))));
}

}  // namespace matside::base
