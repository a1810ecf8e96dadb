#include "vision/blazepose/looks.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace matside::blazepose {
namespace {

/// Side of the smaller squares, of the picture's longer side.
constexpr double kPart = 0.6;

/// Centres of squares along one side of the picture, each at most half a square from the last.
std::vector<double> centres(double length_px, double side_px) {
  if (length_px <= side_px) return {length_px / 2};
  const double room_px = length_px - side_px;
  const int steps = static_cast<int>(std::ceil(room_px / (side_px / 2)));
  std::vector<double> result;
  for (int i = 0; i <= steps; ++i) result.push_back(side_px / 2 + room_px * i / steps);
  return result;
}

}  // namespace

std::vector<Region> looks(base::ImageSize size) {
  constexpr double kQuarter = std::numbers::pi / 2;
  std::vector<Region> squares;
  for (const double turn : {0.0, kQuarter, -kQuarter}) {
    squares.push_back(whole_picture(size, base::Radians(turn)));
  }
  const double side_px = kPart * std::max(size.width_px, size.height_px);
  for (const double y_px : centres(size.height_px, side_px)) {
    for (const double x_px : centres(size.width_px, side_px)) {
      squares.push_back({{x_px, y_px}, side_px, base::Radians(0.0)});
    }
  }
  return squares;
}

}  // namespace matside::blazepose
