#include "vision/media/picture_size.h"

#include <algorithm>
#include <cmath>

namespace matside::media {
namespace {

int scaled_side(int side, double factor) {
  return std::max(1, static_cast<int>(std::lround(side * factor)));
}

}  // namespace

base::ImageSize square_pixel_size(base::ImageSize stored, SampleAspect aspect) {
  constexpr double kMaxUnlike = 8.0;
  constexpr double kAlmostSquare = 0.005;
  if (aspect.width <= 0 || aspect.height <= 0) return stored;
  const double ratio = static_cast<double>(aspect.width) / aspect.height;
  if (ratio > kMaxUnlike || ratio < 1.0 / kMaxUnlike) return stored;
  if (std::abs(ratio - 1.0) < kAlmostSquare) return stored;
  if (ratio > 1.0) return {scaled_side(stored.width_px, ratio), stored.height_px};
  return {stored.width_px, scaled_side(stored.height_px, 1.0 / ratio)};
}

base::ImageSize limit_size(base::ImageSize size, int max_side_px) {
  const int longer = std::max(size.width_px, size.height_px);
  if (max_side_px <= 0 || longer <= max_side_px) return size;
  const double factor = static_cast<double>(max_side_px) / longer;
  return {scaled_side(size.width_px, factor), scaled_side(size.height_px, factor)};
}

}  // namespace matside::media
