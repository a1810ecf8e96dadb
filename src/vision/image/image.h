// A picture in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/point.h"

namespace matside::image {

/// A packed RGB picture, upright, 8 bits a channel, full range; rows top to bottom without
/// padding.
struct Image {
  base::ImageSize size;
  std::vector<std::uint8_t> rgb;  ///< width * height * 3 bytes.

  [[nodiscard]] std::size_t stride_bytes() const {
    return static_cast<std::size_t>(size.width_px) * 3;
  }
  [[nodiscard]] const std::uint8_t* row(int y) const {
    return rgb.data() + static_cast<std::size_t>(y) * stride_bytes();
  }
};

}  // namespace matside::image
