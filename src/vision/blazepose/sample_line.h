// Where the samples of a region lie.
#pragma once

#include <cmath>
#include <cstddef>

#include "vision/blazepose/region.h"

namespace matside::blazepose {

/// Samples along a line, in pixels whose centres are whole numbers: the first, and the step to
/// the next.
struct Line {
  float x, y;
  float dx, dy;
};

/// The `row`-th of the `side` lines of `side` samples that cover a region.
inline Line line_of(const Region& region, std::size_t side, std::size_t row) {
  const auto count = static_cast<double>(side);
  const double step_px = region.side_px / count;
  const base::ImagePoint first =
      region.to_picture(0.5 / count, (0.5 + static_cast<double>(row)) / count);
  return {static_cast<float>(first.x_px - 0.5), static_cast<float>(first.y_px - 0.5),
          static_cast<float>(std::cos(region.turn.value()) * step_px),
          static_cast<float>(std::sin(region.turn.value()) * step_px)};
}

}  // namespace matside::blazepose
