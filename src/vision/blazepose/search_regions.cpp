#include "vision/blazepose/search_regions.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace matside::blazepose {
namespace {

/// Side of the smaller squares, as a fraction of the picture's longer side.
constexpr double kPart = 0.6;
/// And of the smallest ones. In them a person one eighth as long as the picture spans two
/// fifths of the square; the networks begin to miss people who span less than a third.
constexpr double kClosePart = 0.31;
/// A smaller square adds no detail: the networks' inputs have 224 and 256 pixels a side.
constexpr double kMinSide_px = 256.0;

/// Centres of squares along one side of the picture, at most half a square apart.
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

std::vector<Region> search_regions(base::ImageSize size) {
  constexpr double kQuarter = std::numbers::pi / 2;
  std::vector<Region> squares;
  for (const double turn : {0.0, kQuarter, -kQuarter}) {
    squares.push_back(whole_picture_region(size, base::Radians(turn)));
  }
  cover(size, kPart * std::max(size.width_px, size.height_px), squares);
  return squares;
}

std::vector<Region> small_search_regions(base::ImageSize size) {
  std::vector<Region> squares;
  const double longer_px = std::max(size.width_px, size.height_px);
  if (kClosePart * longer_px >= kMinSide_px) cover(size, kClosePart * longer_px, squares);
  return squares;
}

}  // namespace matside::blazepose
