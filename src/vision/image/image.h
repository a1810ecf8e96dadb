// An RGB picture in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/point.h"

namespace matside::image {

/// Pixels. Squares of this side stay in the first-level cache while rows become columns.
inline constexpr int kTile = 32;

/// A packed upright RGB picture: 8 bits a channel, 0 to 255, rows from top to bottom without
/// padding.
struct Image {
  base::ImageSize size;
  std::vector<std::uint8_t> rgb;  ///< width * height * 3 bytes.

  /// Bytes from one row to the next.
  [[nodiscard]] std::size_t stride_bytes() const {
    return static_cast<std::size_t>(size.width_px) * 3;
  }
  /// First byte of row `y`, 0 to height - 1 (not checked).
  [[nodiscard]] const std::uint8_t* row(int y) const {
    return rgb.data() + static_cast<std::size_t>(y) * stride_bytes();
  }
};

}  // namespace matside::image
