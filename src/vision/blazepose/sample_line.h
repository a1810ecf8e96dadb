// Positions of a region's samples in the picture.
#pragma once

#include <cstddef>

#include "core/base/math.h"
#include "vision/blazepose/region.h"

namespace matside::blazepose {

/// Samples along a line in picture pixels whose centres are whole numbers: first position and
/// step.
struct SampleLine {
  float x, y;
  float dx, dy;
};

/// Row `row` of the `side` x `side` samples that cover a region.
inline SampleLine sample_line(const Region& region, std::size_t side, std::size_t row) {
  const auto count = static_cast<double>(side);
  const double step_px = region.side_px / count;
  const base::ImagePoint first =
      region.to_picture(0.5 / count, (0.5 + static_cast<double>(row)) / count);
  return {static_cast<float>(first.x_px - 0.5), static_cast<float>(first.y_px - 0.5),
          static_cast<float>(base::cos(region.turn.value()) * step_px),
          static_cast<float>(base::sin(region.turn.value()) * step_px)};
}

}  // namespace matside::blazepose
