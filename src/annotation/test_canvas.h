// A canvas for tests of the overlay.
#pragma once

#include <cstdint>
#include <vector>

#include "annotation/overlay_layer.h"
#include "vision/image/canvas.h"

namespace matside::annotation {

/// An evenly grey canvas that owns its memory. Drawing changes its luma from 100.
struct GreyCanvas {
  /// @param size both sides even.
  explicit GreyCanvas(base::ImageSize size)
      : y(std::size_t(size.width_px) * size.height_px, 100), u(y.size() / 4, 128), v(u) {
    canvas = {.y = y.data(),
              .u = u.data(),
              .v = v.data(),
              .y_stride_bytes = size.width_px,
              .uv_stride_bytes = size.width_px / 2,
              .size = size,
              .colours = {1.0F, 1.4F, -179.2F, -0.34F, -0.71F, 134.4F, 1.77F, -226.6F}};
  }
  GreyCanvas(GreyCanvas&&) = default;
  GreyCanvas(const GreyCanvas&) = delete;  // The canvas points into the vectors.

  /// Whether the pixel was drawn on.
  [[nodiscard]] bool drawn(int x, int row) const {
    return y[std::size_t(row) * canvas.size.width_px + x] != 100;
  }
  /// Number of pixels in the box that were drawn on.
  [[nodiscard]] int drawn_in(const Box& box) const {
    int count = 0;
    for (int row = static_cast<int>(box.top_px); row < box.bottom_px; ++row) {
      for (int x = static_cast<int>(box.left_px); x < box.right_px; ++x) {
        count += drawn(x, row) ? 1 : 0;
      }
    }
    return count;
  }

  /// The same as a fraction of the box, 0 to 1.
  [[nodiscard]] double drawn_share(const Box& box) const {
    return drawn_in(box) / (box.width_px() * box.height_px());
  }

  std::vector<std::uint8_t> y;
  std::vector<std::uint8_t> u;
  std::vector<std::uint8_t> v;
  image::Canvas canvas;
};

}  // namespace matside::annotation
