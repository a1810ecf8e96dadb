#include "vision/blazepose/posture.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace matside::blazepose {
namespace {

using pose::Landmark;

constexpr std::array kOutline = {
    Landmark::nose,       Landmark::left_shoulder, Landmark::right_shoulder,
    Landmark::left_hip,   Landmark::right_hip,     Landmark::left_knee,
    Landmark::right_knee, Landmark::left_ankle,    Landmark::right_ankle};

bool level(base::ImageVector v) { return std::abs(v.x_px) > std::abs(v.y_px); }

}  // namespace

base::ImagePoint midpoint(const pose::Pose& pose, Landmark left) {
  const auto a = pose[left].position;
  const auto b = pose[pose::on_side(left, pose::Side::right)].position;
  return a + (b - a) * 0.5;
}

bool trunk_is_level(const pose::Pose& pose) {
  return level(midpoint(pose, Landmark::left_shoulder) - midpoint(pose, Landmark::left_hip));
}

bool lies_down(const pose::Pose& pose) {
  const auto shoulders = midpoint(pose, Landmark::left_shoulder);
  const auto hips = midpoint(pose, Landmark::left_hip);
  const auto knees = midpoint(pose, Landmark::left_knee);
  if (!level(shoulders - hips) || !level(knees - hips)) return false;

  base::ImagePoint low = pose[kOutline[0]].position;
  base::ImagePoint high = low;
  for (const Landmark landmark : kOutline) {
    const auto p = pose[landmark].position;
    low = {std::min(low.x_px, p.x_px), std::min(low.y_px, p.y_px)};
    high = {std::max(high.x_px, p.x_px), std::max(high.y_px, p.y_px)};
  }
  return high.x_px - low.x_px > high.y_px - low.y_px;
}

}  // namespace matside::blazepose
