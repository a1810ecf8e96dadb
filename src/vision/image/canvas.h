// A picture to draw on, in the YUV planes that video encoders take.
#pragma once

#include <cstdint>

#include "core/base/point.h"
#include "vision/image/view.h"

namespace matside::image {

/// A writable upright picture in 8-bit 4:2:0 planes, owned elsewhere. Both sides are even.
struct Canvas {
  std::uint8_t* y = nullptr;  ///< Luma, one byte a pixel.
  std::uint8_t* u = nullptr;  ///< Blue difference, one byte per 2 x 2 pixels.
  std::uint8_t* v = nullptr;  ///< Red difference, one byte per 2 x 2 pixels.
  std::int32_t y_stride_bytes = 0;
  std::int32_t uv_stride_bytes = 0;
  base::ImageSize size;
  YuvToRgb colours;
};

/// Coefficients from RGB to stored YUV, the inverse of YuvToRgb. Inputs and results are 0 to
/// 255.
struct RgbToYuv {
  /// One output channel: red * r + green * g + blue * b + added.
  struct Coefficients {
    float red = 0.0F;
    float green = 0.0F;
    float blue = 0.0F;
    float added = 0.0F;
  };
  Coefficients y;
  Coefficients u;
  Coefficients v;
};

/// Inverts `colours`, whose red_v, blue_u and gain must not be zero.
RgbToYuv rgb_to_yuv(const YuvToRgb& colours);

/// The size with odd sides rounded up to even, as 4:2:0 video needs.
base::ImageSize even_size(base::ImageSize size);

/// Copies the upright picture, rotated clockwise by `quarter_turns` (0 to 3), onto the canvas.
/// The canvas must have the even_size() of the rotated picture (asserted); the last of an odd
/// number of rows or columns is repeated. RGB is converted with the canvas's colours. Planes
/// are copied unchanged and set the canvas's colours.
void draw_picture(const View& picture, int quarter_turns, Canvas& canvas);

}  // namespace matside::image
