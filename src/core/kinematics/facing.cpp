#include "core/kinematics/facing.h"

#include <cmath>
#include <optional>

#include "core/kinematics/body_frame.h"

namespace matside::kinematics {
namespace {

using base::ImagePoint;
using base::ImageVector;
using pose::Landmark;
using pose::Pose;
using pose::Side;

// Lengths are in trunk lengths, shoulder to hip. The nose is 0.22 ahead of the ears and the
// toes are 0.3 to 0.4 ahead of the heels (body_model.h); a third of that is no misreading.
constexpr double kFaceMin = 0.06;
constexpr double kToesMin = 0.12;
// Lying on the side one shoulder is 0.76 above the other, and one hip 0.38. A camera 30 degrees
// above the mat shows half of that of a prone body, whose face it sees from the side.
constexpr double kShouldersApartMin = 0.4;
constexpr double kHipsApartMin = 0.25;
constexpr double kAlsoApartMin = 0.1;
constexpr double kProfileMin = 0.12;

std::optional<ImagePoint> seen(const Pose& pose, Landmark landmark, double min_score) {
  const pose::Keypoint& k = pose[landmark];
  if (!(k.score >= min_score) || !pose::is_valid(k)) return std::nullopt;
  return k.position;
}

std::optional<ImagePoint> seen(const Pose& pose, Landmark left_twin, Side side,
                               double min_score) {
  return seen(pose, pose::on_side(left_twin, side), min_score);
}

std::optional<ImagePoint> middle(const Pose& pose, Landmark left_twin, double min_score) {
  const auto left = seen(pose, left_twin, Side::left, min_score);
  const auto right = seen(pose, left_twin, Side::right, min_score);
  if (!left || !right) return left ? left : right;
  return *left + (*right - *left) * 0.5;
}

// How far one twin is above the other, pixels; 0 where one isn't seen.
double apart_px(const Pose& pose, Landmark left_twin, double min_score) {
  const auto left = seen(pose, left_twin, Side::left, min_score);
  const auto right = seen(pose, left_twin, Side::right, min_score);
  return left && right ? std::abs(right->y_px - left->y_px) : 0.0;
}

bool stacked(double shoulders, double hips) {
  return (shoulders > kShouldersApartMin && hips > kAlsoApartMin) ||
         (hips > kHipsApartMin && shoulders > kAlsoApartMin);
}

// How far `v` points away from the line along `axis`, in pixels: above 0 where a prone body has
// its front. `axis` points toward the head, or from a foot toward its knee.
double forward_px(ImageVector axis, ImageVector v, Side head) {
  const double length_px = base::length(axis);
  if (!(length_px > 0.0)) return 0.0;
  return base::cross(axis, v) / length_px * (head == Side::right ? 1.0 : -1.0);
}

// The mean over the feet that are seen.
std::optional<double> toes_forward_px(const Pose& pose, Side head, double min_score) {
  double sum = 0.0;
  double feet = 0.0;
  for (const Side side : pose::kSides) {
    const auto knee = seen(pose, Landmark::left_knee, side, min_score);
    const auto ankle = seen(pose, Landmark::left_ankle, side, min_score);
    const auto heel = seen(pose, Landmark::left_heel, side, min_score);
    const auto toes = seen(pose, Landmark::left_foot_index, side, min_score);
    if (!knee || !ankle || !heel || !toes) continue;
    sum += forward_px(*knee - *ankle, *toes - *heel, head);
    feet += 1.0;
  }
  if (!(feet > 0.0)) return std::nullopt;
  return sum / feet;
}

}  // namespace

Facing facing(const Pose& pose, double min_score) {
  const auto shoulder = middle(pose, Landmark::left_shoulder, min_score);
  const auto hip = middle(pose, Landmark::left_hip, min_score);
  if (!shoulder || !hip) return Facing::unclear;
  const ImageVector trunk = *shoulder - *hip;
  const double trunk_px = base::length(trunk);
  if (!(trunk_px > 0.0)) return Facing::unclear;
  const Side head = trunk.x_px >= 0.0 ? Side::right : Side::left;
  const auto nose = seen(pose, Landmark::nose, min_score);
  const auto ear = middle(pose, Landmark::left_ear, min_score);
  if (!nose || !ear) return Facing::unclear;
  const double face = forward_px(trunk, *nose - *ear, head) / trunk_px;
  if (const auto toes = toes_forward_px(pose, head, min_score)) {
    const double feet = *toes / trunk_px;
    if (face > kFaceMin && feet > kToesMin) return Facing::floor;
    if (face < -kFaceMin && feet < -kToesMin) return Facing::ceiling;
  }
  const double shoulders = apart_px(pose, Landmark::left_shoulder, min_score) / trunk_px;
  const double hips = apart_px(pose, Landmark::left_hip, min_score) / trunk_px;
  // A prone head that is raised has its nose ahead along the trunk, not below it.
  const bool profile = base::length(*nose - *ear) / trunk_px >= kProfileMin;
  return !profile && stacked(shoulders, hips) ? Facing::sideways : Facing::unclear;
}

}  // namespace matside::kinematics
