// Points and directions in space.
#pragma once

#include <optional>

#include "core/base/math.h"
#include "core/base/quantity.h"

namespace matside::base {

/// A point in space, or the difference of two, in a recording's own axes and unit of length.
struct Point3d {
  double x = 0.0;
  double y = 0.0;
  double z = 0.0;
};

inline Point3d operator+(const Point3d& a, const Point3d& b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
inline Point3d operator-(const Point3d& a, const Point3d& b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
inline Point3d operator*(const Point3d& a, double k) { return {a.x * k, a.y * k, a.z * k}; }
inline double dot(const Point3d& a, const Point3d& b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
inline Point3d cross(const Point3d& a, const Point3d& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double length(const Point3d& a) { return base::hypot(base::hypot(a.x, a.y), a.z); }
/// The direction of `a`, with length 1; none if it has no length.
inline std::optional<Point3d> direction(const Point3d& a) {
  const double all = length(a);
  if (!(all > 0.0)) return std::nullopt;
  return a * (1.0 / all);
}
/// The part of `a` that is square to the direction `along`.
inline Point3d square_to(const Point3d& a, const Point3d& along) {
  return a - along * dot(a, along);
}
/// Unsigned angle between two vectors, 0 to 180 degrees; 0 when either has no length.
inline Degrees angle_between(const Point3d& a, const Point3d& b) {
  return to_degrees(Radians(base::atan2(length(cross(a, b)), dot(a, b))));
}

}  // namespace matside::base
