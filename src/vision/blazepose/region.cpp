#include "vision/blazepose/region.h"

#include <algorithm>
#include <numbers>

#include "core/base/math.h"

namespace matside::blazepose {
namespace {

constexpr double kRegionReach = 1.25;

}  // namespace

base::ImagePoint Region::to_picture(double u, double v) const {
  const double x = (u - 0.5) * side_px;
  const double y = (v - 0.5) * side_px;
  const double c = base::cos(turn.value());
  const double s = base::sin(turn.value());
  return {centre.x_px + x * c - y * s, centre.y_px + x * s + y * c};
}

Region region_around(base::ImagePoint middle, base::ImagePoint end) {
  const base::ImageVector up = end - middle;
  const double turn = base::atan2(up.y_px, up.x_px) + std::numbers::pi / 2;
  return {middle, 2.0 * kRegionReach * base::length(up), base::Radians(turn), 0};
}

Region whole_picture_region(base::ImageSize size, base::Radians turn) {
  return {{size.width_px / 2.0, size.height_px / 2.0},
          static_cast<double>(std::max(size.width_px, size.height_px)),
          turn,
          0};
}

}  // namespace matside::blazepose
