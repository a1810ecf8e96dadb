#include "vision/blazepose/looks.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace matside::blazepose {
namespace {

/// Side of the smaller squares, of the picture's longer side.
constexpr double kPart = 0.6;
/// And of the smallest ones. In them, someone of an eighth of the picture spans two fifths;
/// the networks begin to miss people who span less than a third.
constexpr double kClosePart = 0.31;
/// No square shows more than the networks see of it when it has fewer pixels than they.
constexpr double kLeastSide_px = 256.0;

/// Centres of squares along one side of the picture, each at most half a square from the last.
std::vector<double> centres(double length_px, double side_px) {
  if (length_px <= side_px) return {length_px / 2};
  const double room_px = length_px - side_px;
  const int steps = static_cast<int>(std::ceil(room_px / (side_px / 2)));
  std::vector<double> result;
  for (int i = 0; i <= steps; ++i) result.push_back(side_px / 2 + room_px * i / steps);
  return result;
}

void cover(base::ImageSize size, double side_px, std::vector<Region>& squares) {
  for (const double y_px : centres(size.height_px, side_px)) {
    for (const double x_px : centres(size.width_px, side_px)) {
      squares.push_back({{x_px, y_px}, side_px, base::Radians(0.0)});
    }
  }
}

}  // namespace

std::vector<Region> looks(base::ImageSize size) {
  constexpr double kQuarter = std::numbers::pi / 2;
  std::vector<Region> squares;
  for (const double turn : {0.0, kQuarter, -kQuarter}) {
    squares.push_back(whole_picture(size, base::Radians(turn)));
  }
  cover(size, kPart * std::max(size.width_px, size.height_px), squares);
  return squares;
}

std::vector<Region> close_looks(base::ImageSize size) {
  std::vector<Region> squares;
  const double longer_px = std::max(size.width_px, size.height_px);
  if (kClosePart * longer_px >= kLeastSide_px) cover(size, kClosePart * longer_px, squares);
  return squares;
}

}  // namespace matside::blazepose
