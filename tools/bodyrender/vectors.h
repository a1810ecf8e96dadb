// Vector types and conventions. World: metres, y up, floor at y = 0. A body's own rest
// frame: metres, x to its left, y up, z to its front.
#pragma once

#include <Eigen/Dense>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace matside::bodyrender {

using Vec2 = Eigen::Vector2f;
using Vec3 = Eigen::Vector3f;
using Mat3 = Eigen::Matrix3f;
using Colour = Eigen::Array3f;  ///< Red, green, blue; linear light, 1 = white in full light.

inline constexpr float kPi = std::numbers::pi_v<float>;

inline std::size_t at(int index) { return static_cast<std::size_t>(index); }

/// Conversions between degrees and radians.
inline float radians(float deg) { return deg * (kPi / 180.0F); }
inline float degrees(float rad) { return rad * (180.0F / kPi); }

/// Rotations about an axis, in degrees.
inline Mat3 about(const Vec3& axis, float deg) {
  return Eigen::AngleAxisf(radians(deg), axis).toRotationMatrix();
}
inline Mat3 rotation_x(float deg) { return about(Vec3::UnitX(), deg); }
inline Mat3 rotation_y(float deg) { return about(Vec3::UnitY(), deg); }
inline Mat3 rotation_z(float deg) { return about(Vec3::UnitZ(), deg); }

/// The smallest rotation that takes the direction `from` to `to`.
inline Mat3 turn_between(const Vec3& from, const Vec3& to) {
  return Eigen::Quaternionf::FromTwoVectors(from, to).toRotationMatrix();
}

}  // namespace matside::bodyrender
