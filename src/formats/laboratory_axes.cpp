#include "formats/laboratory_axes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "core/pose/landmark.h"
#include "core/signal/samples.h"

namespace matside::formats {
namespace {

using pose::Landmark;

constexpr std::array kUpAxes{UpAxis::x,       UpAxis::y,       UpAxis::z,
                             UpAxis::minus_x, UpAxis::minus_y, UpAxis::minus_z};

// A bend that shows where up is: the knee clearly bent, the thigh about in line with the trunk.
constexpr double kLeastBendCosine = 0.766;    // of 40 degrees
constexpr double kMostBendCosine = -0.766;    // of 140 degrees
constexpr double kThighInLineCosine = 0.766;  // 40 degrees from the trunk's line
constexpr std::size_t kLeastBends = 5;
// How well the directions must agree with each other, and with an axis.
constexpr double kAgreement = 0.7;
constexpr double kAlongAxis = 0.75;
// In trunk lengths: how far from 0 the lower end of a body on the floor can be.
constexpr double kBelowFloor = 0.1;
constexpr double kAboveFloor = 0.35;
// In trunk lengths: forearms that are clearly below the trunk.
constexpr double kForearmsBelow = 0.2;

std::optional<Point3d> point_of(const MarkerFrame& frame, Landmark landmark) {
  return frame.points[pose::index(landmark)];
}

/// Between both sides; one of them where the other is missing.
std::optional<Point3d> between_sides(const MarkerFrame& frame, Landmark left_twin) {
  const auto left = point_of(frame, left_twin);
  const auto right = point_of(frame, pose::on_side(left_twin, pose::Side::right));
  if (!left || !right) return left ? left : right;
  return (*left + *right) * 0.5;
}

/// From hips to shoulders.
std::optional<Point3d> trunk_of(const MarkerFrame& frame) {
  const auto hips = between_sides(frame, Landmark::left_hip);
  const auto shoulders = between_sides(frame, Landmark::left_shoulder);
  if (!hips || !shoulders) return std::nullopt;
  return *shoulders - *hips;
}

/// Unit vectors that should all point the same way.
class DirectionVotes {
 public:
  void add(const std::optional<Point3d>& direction) {
    if (!direction) return;
    sum_ = sum_ + *direction;
    ++count_;
  }
  /// The axis that they agree on.
  [[nodiscard]] std::optional<UpAxis> axis(std::size_t least) const {
    if (count_ < least || base::length(sum_) < kAgreement * static_cast<double>(count_)) {
      return std::nullopt;
    }
    const auto mean = base::direction(sum_);
    if (!mean) return std::nullopt;
    for (const UpAxis up : kUpAxes) {
      if (turned_y_up(*mean, up).y >= kAlongAxis) return up;
    }
    return std::nullopt;
  }

 private:
  Point3d sum_;
  std::size_t count_ = 0;
};

/// Where the ankle of a bent knee is, if the thigh is in line with the trunk.
std::optional<Point3d> bend_direction(const MarkerFrame& frame, const Point3d& trunk,
                                      pose::Side side) {
  const auto hip = point_of(frame, pose::on_side(Landmark::left_hip, side));
  const auto knee = point_of(frame, pose::on_side(Landmark::left_knee, side));
  const auto ankle = point_of(frame, pose::on_side(Landmark::left_ankle, side));
  if (!hip || !knee || !ankle) return std::nullopt;
  const auto ahead = base::direction(trunk);
  const auto thigh = base::direction(*knee - *hip);
  const auto shank = base::direction(*ankle - *knee);
  if (!ahead || !thigh || !shank) return std::nullopt;
  if (-base::dot(*thigh, *ahead) < kThighInLineCosine) return std::nullopt;
  const double bend_cosine = base::dot(*thigh, *shank);
  if (bend_cosine > kLeastBendCosine || bend_cosine < kMostBendCosine) return std::nullopt;
  return base::direction(base::square_to(*shank, *thigh));
}

/// Where the back of a body in space is, by its shoulders and hips.
std::optional<Point3d> back_direction(const MarkerFrame& frame, const Point3d& trunk) {
  const auto left = point_of(frame, Landmark::left_hip);
  const auto right = point_of(frame, Landmark::right_hip);
  if (!left || !right) return std::nullopt;
  return base::direction(base::cross(*right - *left, trunk));
}

/// The side of the trunk that is opposite to the forearms, in a picture.
std::optional<Point3d> away_from_forearms(const MarkerFrame& frame, const Point3d& trunk) {
  const auto shoulders = between_sides(frame, Landmark::left_shoulder);
  const auto elbows = between_sides(frame, Landmark::left_elbow);
  const auto ahead = base::direction(trunk);
  if (!shoulders || !elbows || !ahead) return std::nullopt;
  const Point3d below = base::square_to(*elbows - *shoulders, *ahead);
  if (base::length(below) < kForearmsBelow * base::length(trunk)) return std::nullopt;
  return base::direction(below * -1.0);
}

std::optional<UpAxis> axis_by_body(std::span<const MarkerFrame> frames, bool in_picture) {
  DirectionVotes bends;
  DirectionVotes backs;
  for (const MarkerFrame& frame : frames) {
    const auto trunk = trunk_of(frame);
    if (!trunk) continue;
    for (const pose::Side side : pose::kSides) bends.add(bend_direction(frame, *trunk, side));
    backs.add(in_picture ? away_from_forearms(frame, *trunk) : back_direction(frame, *trunk));
  }
  if (const auto by_bends = bends.axis(kLeastBends)) return by_bends;
  return backs.axis(1);
}

/// Whether the lower end of the body is where a floor at 0 would be.
bool on_floor(std::span<const MarkerFrame> frames, UpAxis up) {
  double lowest = std::numeric_limits<double>::max();
  std::vector<double> trunks;
  for (const MarkerFrame& frame : frames) {
    if (const auto trunk = trunk_of(frame)) trunks.push_back(base::length(*trunk));
    for (const auto& point : frame.points) {
      if (point) lowest = std::min(lowest, turned_y_up(*point, up).y);
    }
  }
  const double trunk = signal::median(trunks).value_or(0.0);
  return lowest >= -kBelowFloor * trunk && lowest <= kAboveFloor * trunk;
}

}  // namespace

std::optional<UpAxis> up_axis_named(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    const auto letter = static_cast<unsigned char>(c);
    if (c == '+' && plain.empty()) continue;
    if (c != ' ') plain += static_cast<char>(std::tolower(letter));
  }
  const auto* const found = std::ranges::find(kUpAxes, plain, &axis_name);
  return found == kUpAxes.end() ? std::nullopt : std::optional(*found);
}

std::string_view axis_name(UpAxis axis) {
  switch (axis) {
    case UpAxis::x:
      return "x";
    case UpAxis::y:
      return "y";
    case UpAxis::z:
      return "z";
    case UpAxis::minus_x:
      return "-x";
    case UpAxis::minus_y:
      return "-y";
    case UpAxis::minus_z:
      break;
  }
  return "-z";
}

Point3d turned_y_up(const Point3d& p, UpAxis up) {
  switch (up) {
    case UpAxis::x:
      return {-p.y, p.x, p.z};
    case UpAxis::y:
      return p;
    case UpAxis::z:
      return {p.x, p.z, -p.y};
    case UpAxis::minus_x:
      return {p.y, -p.x, p.z};
    case UpAxis::minus_y:
      return {p.x, -p.y, -p.z};
    case UpAxis::minus_z:
      break;
  }
  return {p.x, -p.z, p.y};
}

base::Result<UpAxis> find_up_axis(std::span<const MarkerFrame> frames, AxisExpectation expected,
                                  std::string_view file) {
  const auto found = axis_by_body(frames, expected.in_picture);
  if (!found || *found == expected.up) return expected.up;
  if (expected.in_picture) {
    const bool upright = *found == UpAxis::y || *found == UpAxis::minus_y;
    return upright ? *found : expected.up;
  }
  const bool as_expected = on_floor(frames, expected.up);
  if (as_expected && on_floor(frames, *found)) {
    return base::Error{
        base::ErrorKind::usage,
        fmt::format("{}: does not say which axis points up, and the body fits two: add --up={} "
                    "or --up={}",
                    file, axis_name(*found), axis_name(expected.up))};
  }
  return as_expected ? expected.up : *found;
}

}  // namespace matside::formats
