#include "formats/joint_markers.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/printable_text.h"

namespace matside::formats {
namespace {

using pose::Landmark;
using Markers = std::vector<std::optional<Point3d>>;

constexpr std::size_t kMaxListed = 60;  // In an error.

// The hip joint from the front spine of its side, in widths between the front spines.
// @source Bell, Pedersen and Brand 1990, Journal of Biomechanics 23(6)
constexpr double kHipMedial = 0.14;
constexpr double kHipRear = 0.19;
constexpr double kHipBelow = 0.30;

/// None if there is no such marker, or one of them is missing.
std::optional<Point3d> middle_of(const Markers& points,
                                 const std::vector<std::size_t>& places) {
  Point3d all;
  for (const std::size_t place : places) {
    if (!points[place]) return std::nullopt;
    all = all + *points[place];
  }
  if (places.empty()) return std::nullopt;
  return all * (1.0 / static_cast<double>(places.size()));
}

/// The hip joint of one side.
std::optional<Point3d> hip_in(const PelvisMarkers& pelvis, const Markers& points,
                              pose::Side side) {
  const auto& left = points[pelvis.left_front];
  const auto& right = points[pelvis.right_front];
  const auto rear = middle_of(points, pelvis.rear);
  if (!left || !right || !rear) return std::nullopt;
  const double width = base::length(*right - *left);
  const auto to_right = base::direction(*right - *left);
  if (!to_right) return std::nullopt;
  const auto front =
      base::direction(base::square_to((*left + *right) * 0.5 - *rear, *to_right));
  if (!front) return std::nullopt;
  const Point3d to_head = base::cross(*to_right, *front);
  const Point3d inward = *to_right * (side == pose::Side::left ? kHipMedial : -kHipMedial);
  const Point3d offset = inward - *front * kHipRear - to_head * kHipBelow;
  return (side == pose::Side::left ? *left : *right) + offset * width;
}

}  // namespace

base::Result<void> check_joint_markers(
    const std::array<std::vector<std::size_t>, pose::kLandmarkCount>& places, bool pelvis,
    const std::vector<std::string>& markers, const std::string& file) {
  std::string missing;
  for (const Landmark left_twin : {Landmark::left_shoulder, Landmark::left_hip,
                                   Landmark::left_knee, Landmark::left_ankle}) {
    const bool any = std::ranges::any_of(pose::kSides, [&](pose::Side side) {
      return !places[pose::index(pose::on_side(left_twin, side))].empty();
    });
    if (any || (left_twin == Landmark::left_hip && pelvis)) continue;
    missing += (missing.empty() ? "" : ", ") +
               std::string(pose::name(left_twin)).substr(std::string_view("left_").size());
  }
  if (missing.empty()) return {};
  const auto listed = std::min(markers.size(), kMaxListed);
  return base::Error{
      base::ErrorKind::input,
      base::printable_line(fmt::format(
          "{}: no marker has a known name for {}; name markers with --markers FILE, in lines "
          "such as R.Knee.Lat,right_knee. The markers are {}{}",
          file, missing,
          fmt::join(markers.begin(), markers.begin() + static_cast<std::ptrdiff_t>(listed),
                    ", "),
          listed < markers.size() ? " and more" : ""))};
}

base::Result<JointMarkers> JointMarkers::create(const std::vector<std::string>& markers,
                                                const MarkerTable& table,
                                                const std::string& file) {
  JointMarkers joints;
  joints.places_ = markers_by_landmark(markers, table);
  const bool no_hip = std::ranges::all_of(pose::kSides, [&](pose::Side side) {
    return joints.places_[pose::index(pose::on_side(Landmark::left_hip, side))].empty();
  });
  if (no_hip) joints.pelvis_ = pelvis_markers(markers);
  if (auto good =
          check_joint_markers(joints.places_, joints.pelvis_.has_value(), markers, file);
      !good) {
    return good.error();
  }
  return joints;
}

std::array<std::optional<Point3d>, pose::kLandmarkCount> JointMarkers::points(
    const Markers& markers) const {
  std::array<std::optional<Point3d>, pose::kLandmarkCount> landmarks;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    landmarks[i] = middle_of(markers, places_[i]);
  }
  if (!pelvis_) return landmarks;
  for (const pose::Side side : pose::kSides) {
    landmarks[pose::index(pose::on_side(Landmark::left_hip, side))] =
        hip_in(*pelvis_, markers, side);
  }
  return landmarks;
}

}  // namespace matside::formats
