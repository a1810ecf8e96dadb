#include "core/kinematics/legs_in_space.h"

#include <cmath>

#include "core/base/math.h"

namespace matside::kinematics {
namespace {

using base::Degrees;
using base::Point3d;
using pose::Landmark;
using pose::Side;

const std::optional<Point3d>& on(const LandmarksInSpace& points, Landmark left_twin,
                                 Side side) {
  return points[pose::index(pose::on_side(left_twin, side))];
}

std::optional<Point3d> between_twins(const LandmarksInSpace& points, Landmark left_twin) {
  const auto& left = on(points, left_twin, Side::left);
  const auto& right = on(points, left_twin, Side::right);
  if (!left || !right) return left ? left : right;
  return (*left + *right) * 0.5;
}

/// From the left twin to the right one.
std::optional<Point3d> across_twins(const LandmarksInSpace& points, Landmark left_twin) {
  const auto& left = on(points, left_twin, Side::left);
  const auto& right = on(points, left_twin, Side::right);
  if (!left || !right) return std::nullopt;
  return base::direction(*right - *left);
}

/// Directions of the trunk, square to each other.
struct Trunk3d {
  Point3d to_head;
  Point3d to_right;
};

std::optional<Trunk3d> trunk_of(const LandmarksInSpace& points) {
  const auto hips = between_twins(points, Landmark::left_hip);
  const auto shoulders = between_twins(points, Landmark::left_shoulder);
  if (!hips || !shoulders) return std::nullopt;
  const Point3d trunk = *shoulders - *hips;
  auto to_right = across_twins(points, Landmark::left_hip);
  if (!to_right) to_right = across_twins(points, Landmark::left_shoulder);
  constexpr Point3d kUp{0.0, 1.0, 0.0};
  if (!to_right) to_right = base::direction(base::cross(trunk, kUp));
  if (!to_right) return std::nullopt;
  const auto to_head = base::direction(base::square_to(trunk, *to_right));
  if (!to_head) return std::nullopt;
  return Trunk3d{*to_head, *to_right};
}

/// Positive where the shank bends behind the thigh.
Degrees knee_flexion_of(const Point3d& thigh, const Point3d& shank, const Point3d& to_right) {
  const Degrees between = base::angle_between(thigh, shank);
  const auto along = base::direction(thigh);
  const auto behind = base::direction(base::cross(thigh, to_right));
  if (!along || !behind) return between;
  const Point3d off = base::square_to(shank, *along);
  const double backward = base::dot(off, *behind);
  const double sideways = base::length(base::square_to(off, *behind));
  return backward < -sideways ? -between : between;
}

Degrees hip_flexion_of(const Point3d& thigh, const Trunk3d& trunk) {
  const Point3d to_back = base::cross(trunk.to_right, trunk.to_head);
  return base::to_degrees(
      base::Radians(base::atan2(-base::dot(thigh, to_back), -base::dot(thigh, trunk.to_head))));
}

}  // namespace

std::array<std::optional<pose::LegInSpace>, 2> legs_in_space(const LandmarksInSpace& points) {
  std::array<std::optional<pose::LegInSpace>, 2> legs;
  const auto trunk = trunk_of(points);
  if (!trunk) return legs;
  for (const Side side : pose::kSides) {
    const auto& hip = on(points, Landmark::left_hip, side);
    const auto& knee = on(points, Landmark::left_knee, side);
    const auto& ankle = on(points, Landmark::left_ankle, side);
    if (!hip || !knee || !ankle) continue;
    const Point3d thigh = *knee - *hip;
    const Point3d shank = *ankle - *knee;
    if (!(base::length(thigh) > 0.0) || !(base::length(shank) > 0.0)) continue;
    legs[pose::index(side)] = {
        knee_flexion_of(thigh, shank, trunk->to_right), hip_flexion_of(thigh, *trunk),
        base::to_degrees(base::Radians(base::atan2(thigh.y, base::hypot(thigh.x, thigh.z))))};
  }
  return legs;
}

}  // namespace matside::kinematics
