// A picture to be drawn on, in the planes that video is coded in.
#pragma once

#include <cstdint>

#include "core/base/point.h"
#include "vision/image/view.h"

namespace matside::image {

/// An upright picture in 8-bit 4:2:0 planes that may be written to; both sides even.
struct Canvas {
  std::uint8_t* y = nullptr;
  std::uint8_t* u = nullptr;
  std::uint8_t* v = nullptr;
  std::int32_t y_stride_bytes = 0;
  std::int32_t uv_stride_bytes = 0;
  base::ImageSize size;
  Colours colours;
};

/// Stored brightness and colour differences from RGB, the inverse of Colours: for each of y, u
/// and v, the shares of red, green and blue, and what is added.
struct Stored {
  struct Share {
    float red = 0.0F;
    float green = 0.0F;
    float blue = 0.0F;
    float added = 0.0F;
  };
  Share y;
  Share u;
  Share v;
};
Stored stored_by(const Colours& colours);

/// The next larger size with even sides, which coded video has.
base::ImageSize even_size(base::ImageSize size);

/// Puts the picture, upright and then turned clockwise by `quarters`, onto a canvas of its
/// even_size() (asserted); the last of an odd number of rows or columns is repeated. RGB is
/// stored by the canvas's colours; planes are copied as they are, with their colours.
void show(const View& picture, int quarters, Canvas& canvas);

}  // namespace matside::image
