#include "core/kinematics/plane_rectification.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/base/math.h"
#include "core/signal/samples.h"

namespace matside::kinematics {
namespace {

using base::Degrees;
using base::ImagePoint;

using Vector = std::array<double, 3>;

// For cameras that were not calibrated: a field of view of 58 degrees on the longer side, as of
// webcams and phones within ten degrees. The result hardly depends on it.
constexpr double kFocalOverLongerSide = 0.9;
// Distances between joint centres over the distance from knee to shoulder of a lying body:
// 0.21 and 0.10 over 0.245 + 0.26 of the height (Winter, Biomechanics and Motor Control).
constexpr double kShouldersApart = 0.21 / 0.505;
constexpr double kHipsApart = 0.10 / 0.505;
// Sine of the greatest obliquity that is corrected, 36.9 degrees: beyond it joints are too
// uncertain.
constexpr double kMaxOff = 0.6;
// The estimate converges in a few rounds, since each changes the lengths by a few per cent.
constexpr int kRounds = 4;
// Least cosine between a ray and the normal: rays along the plane do not meet it.
constexpr double kFlattest = 0.2;

double dot(const Vector& a, const Vector& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

Vector cross(const Vector& a, const Vector& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

Vector unit(const Vector& a) {
  const double length = std::sqrt(dot(a, a));
  return {a[0] / length, a[1] / length, a[2] / length};
}

std::optional<ImagePoint> middle_of(std::span<const BodyFrame> frames, auto point,
                                    std::vector<double>& scratch) {
  ImagePoint out;
  for (double ImagePoint::*axis : {&ImagePoint::x_px, &ImagePoint::y_px}) {
    scratch.clear();
    for (const BodyFrame& b : frames) {
      if (const std::optional<ImagePoint> p = point(b)) scratch.push_back((*p).*axis);
    }
    const auto middle = signal::median(scratch);
    if (!middle) return std::nullopt;
    out.*axis = *middle;
  }
  return out;
}

}  // namespace

PlaneRectification::PlaneRectification(Vector across, base::ImageSize size)
    : known_(true),
      middle_{0.5 * size.width_px, 0.5 * size.height_px},
      focal_px_(kFocalOverLongerSide * std::max(size.width_px, size.height_px)) {
  set_direction(across);
}

void PlaneRectification::set_direction(Vector across) {
  across_ = unit(across);
  const double off = base::hypot(across_[0], across_[1]);
  if (off > kMaxOff) {
    const double ahead = std::sqrt(1.0 - kMaxOff * kMaxOff);
    across_ = {across_[0] / off * kMaxOff, across_[1] / off * kMaxOff, ahead};
  }
  // The camera is assumed level: a vertical line in the room is vertical in the picture.
  down_ = unit({0.0, across_[2], -across_[1]});
  along_ = cross(down_, across_);
  yaw_ = base::to_degrees(base::Radians(base::atan2(-across_[0], across_[2])));
  pitch_ = base::to_degrees(base::Radians(base::asin(-across_[1])));
}

Vector PlaneRectification::ray(ImagePoint seen) const {
  return {(seen.x_px - middle_.x_px) / focal_px_, (seen.y_px - middle_.y_px) / focal_px_, 1.0};
}

ImagePoint PlaneRectification::rectified(ImagePoint seen) const {
  if (!known_) return seen;
  const Vector to = ray(seen);
  const double scale = focal_px_ * across_[2] / std::max(kFlattest, dot(to, across_));
  return {middle_.x_px + scale * dot(to, along_), middle_.y_px + scale * dot(to, down_)};
}

// The far joint is the near one plus the direction across; both are on their rays.
PlaneRectification PlaneRectification::corrected(std::span<const Pair> pairs,
                                                 double length_px) const {
  Vector across{0.0, 0.0, across_[2]};
  double weights = 0.0;
  for (const Pair& p : pairs) weights += p.apart * p.apart;
  for (const Pair& p : pairs) {
    const Vector near = ray(p.near);
    const Vector far = ray(p.far);
    const double nearness = across_[2] * focal_px_ / (p.apart * length_px * dot(near, across_));
    for (std::size_t axis : {0, 1}) {
      across[axis] += p.apart * p.apart / weights *
                      ((far[axis] - near[axis]) * nearness + far[axis] * across_[2]);
    }
  }
  PlaneRectification out = *this;
  out.set_direction(across);
  return out;
}

BodyFrame PlaneRectification::rectified(const BodyFrame& seen) const {
  if (!known_) return seen;
  BodyFrame out = seen;
  for (ImagePoint* p : {&out.hip, &out.shoulder, &out.nose, &out.ear}) *p = rectified(*p);
  for (auto* p : {&out.far_hip, &out.far_shoulder, &out.elbow}) {
    if (*p) *p = rectified(**p);
  }
  for (auto& leg : out.legs) {
    if (!leg) continue;
    for (ImagePoint* p : {&leg->hip, &leg->knee, &leg->ankle}) *p = rectified(*p);
    measure_angles(*leg, out.head_direction);
  }
  return out;
}

Degrees PlaneRectification::obliquity() const {
  return base::to_degrees(base::Radians(base::acos(std::min(1.0, across_[2]))));
}

PlaneRectification estimate_rectification(std::span<const BodyFrame> frames,
                                          std::vector<double>& scratch) {
  const auto middle = [&](auto point) { return middle_of(frames, point, scratch); };
  const auto knee = middle([](const BodyFrame& b) -> std::optional<ImagePoint> {
    const auto& leg = b.legs[pose::index(near_side(b.head_direction))];
    return leg ? std::optional(leg->knee) : std::nullopt;
  });
  const auto shoulder = middle([](const BodyFrame& b) { return std::optional(b.shoulder); });
  const auto hip = middle([](const BodyFrame& b) { return std::optional(b.hip); });
  const auto far_shoulder = middle([](const BodyFrame& b) { return b.far_shoulder; });
  const auto far_hip = middle([](const BodyFrame& b) { return b.far_hip; });
  if (!knee || !shoulder || !hip || !far_shoulder || !far_hip) return {};
  const std::array pairs{PlaneRectification::Pair{*shoulder, *far_shoulder, kShouldersApart},
                         PlaneRectification::Pair{*hip, *far_hip, kHipsApart}};
  PlaneRectification view({0.0, 0.0, 1.0}, frames.back().image_size);
  for (int round = 0; round < kRounds; ++round) {
    const double length_px = base::length(view.rectified(*shoulder) - view.rectified(*knee));
    if (!(length_px > 1.0)) return {};
    view = view.corrected(pairs, length_px);
  }
  return view;
}

}  // namespace matside::kinematics
