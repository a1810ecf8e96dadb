// Copies of a picture: as upright RGB, and as a scaled part.
#pragma once

#include "vision/image/image.h"
#include "vision/image/view.h"

namespace matside::image {

/// A rectangle of whole pixels in a picture; (x_px, y_px) is its top left corner.
struct PixelRect {
  int x_px = 0;
  int y_px = 0;
  base::ImageSize size;
};

/// The upright picture converted to RGB and rotated clockwise by `quarter_turns`, 0 or more.
/// `picture` must have pixels (asserted).
Image to_rgb_image(const View& picture, int quarter_turns);

/// Scales `part` of the picture to `size`; each new pixel is the mean of the area it covers.
/// The part must be inside the picture; neither it nor `size` may be empty (all asserted).
Image scaled(const Image& picture, const PixelRect& part, base::ImageSize size);

}  // namespace matside::image
