#include "formats/side_camera.h"

#include <algorithm>
#include <limits>

#include "core/base/math.h"
#include "core/signal/samples.h"

namespace matside::formats {
namespace {

using pose::Landmark;

constexpr base::ImageSize kPicture{1920, 1080};
// As the engine assumes for uncalibrated cameras (kinematics::PlaneRectification).
constexpr double kFocalOverLongerSide = 0.9;
// In body lengths: the whole body is in the picture, with room around it.
constexpr double kDistance = 1.3;
// The fraction of the picture's width that a body in one plane fills.
constexpr double kWidth = 0.8;
// In body lengths: a smaller depth counts as a plane.
constexpr double kFlat = 1e-6;

struct Box {
  Point3d least{std::numeric_limits<double>::max(), std::numeric_limits<double>::max(),
                std::numeric_limits<double>::max()};
  Point3d most{-least.x, -least.y, -least.z};

  void add(const Point3d& p) {
    least = {std::min(least.x, p.x), std::min(least.y, p.y), std::min(least.z, p.z)};
    most = {std::max(most.x, p.x), std::max(most.y, p.y), std::max(most.z, p.z)};
  }
  [[nodiscard]] Point3d middle() const {
    return {0.5 * (least.x + most.x), 0.5 * (least.y + most.y), 0.5 * (least.z + most.z)};
  }
};

std::optional<Point3d> middle_of(const MarkerFrame& frame, Landmark left_twin) {
  const auto& left = frame.points[pose::index(left_twin)];
  const auto& right = frame.points[pose::index(pose::on_side(left_twin, pose::Side::right))];
  if (!left || !right) return left ? left : right;
  return Point3d{0.5 * (left->x + right->x), 0.5 * (left->y + right->y),
                 0.5 * (left->z + right->z)};
}

/// The direction from hips to shoulders along the floor: x and z of a unit vector.
std::optional<std::array<double, 2>> direction_to_head(const std::vector<MarkerFrame>& frames) {
  std::vector<double> x;
  std::vector<double> z;
  for (const MarkerFrame& frame : frames) {
    const auto hips = middle_of(frame, Landmark::left_hip);
    const auto shoulders = middle_of(frame, Landmark::left_shoulder);
    if (!hips || !shoulders) continue;
    x.push_back(shoulders->x - hips->x);
    z.push_back(shoulders->z - hips->z);
  }
  if (x.empty()) return std::nullopt;
  const double ahead_x = *signal::median(x);
  const double ahead_z = *signal::median(z);
  const double length = base::hypot(ahead_x, ahead_z);
  if (!(length > 0.0)) return std::nullopt;
  return std::array{ahead_x / length, ahead_z / length};
}

/// Projects points into the picture.
class Camera {
 public:
  Camera(const Box& box, std::array<double, 2> ahead, double length)
      : box_(box), ahead_(ahead), length_(length) {}

  [[nodiscard]] base::ImagePoint project(const Point3d& p) const {
    const Point3d aim = box_.middle();
    if (box_.most.z - box_.least.z <= kFlat * length_) {
      const double scale = kWidth * kPicture.width_px / length_;
      return picture_point((p.x - aim.x) * scale, (p.y - aim.y) * scale);
    }
    const double x = p.x - aim.x;
    const double z = p.z - aim.z;
    const double along = x * ahead_[0] + z * ahead_[1];
    // To the right of a prone person: (-up) x ahead.
    const double right = z * ahead_[0] - x * ahead_[1];
    const double away = kDistance * length_ - right;
    const double scale = kFocalOverLongerSide * kPicture.width_px / away;
    return picture_point(along * scale, (p.y - aim.y) * scale);
  }

 private:
  static base::ImagePoint picture_point(double right_px, double up_px) {
    return {0.5 * kPicture.width_px + right_px, 0.5 * kPicture.height_px - up_px};
  }

  Box box_;
  std::array<double, 2> ahead_;
  double length_;
};

}  // namespace

base::Result<std::vector<pose::PoseFrame>> project_to_side_view(
    const std::vector<MarkerFrame>& frames, const std::string& name) {
  const auto ahead = direction_to_head(frames);
  Box box;
  for (const MarkerFrame& frame : frames) {
    for (const auto& point : frame.points) {
      if (point) box.add(*point);
    }
  }
  const double length =
      std::max({box.most.x - box.least.x, box.most.y - box.least.y, box.most.z - box.least.z});
  if (!ahead || !(length > 0.0)) {
    return base::Error{base::ErrorKind::input,
                       name +
                           ": no frame has both hips and shoulders, so the body's direction "
                           "is unknown"};
  }
  const Camera camera(box, *ahead, length);
  std::vector<pose::PoseFrame> seen;
  for (const MarkerFrame& frame : frames) {
    seen.push_back(frame_in_picture(
        frame, kPicture, [&camera](const Point3d& point) { return camera.project(point); }));
  }
  return seen;
}

}  // namespace matside::formats
