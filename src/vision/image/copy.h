// A picture of either kind as a copy of one's own, to be shown or kept.
#pragma once

#include "vision/image/image.h"
#include "vision/image/view.h"

namespace matside::image {

/// A part of a picture, in whole pixels.
struct Part {
  int x_px = 0;
  int y_px = 0;
  base::ImageSize size;
};

/// The picture in RGB, turned clockwise by that many quarters. It must have pixels (asserted).
Image copied(const View& picture, int quarters);

/// That part of the picture, each new pixel the mean of what it covers. The part must lie in
/// the picture, and neither it nor the new size be empty (asserted).
Image scaled(const Image& picture, const Part& part, base::ImageSize size);

}  // namespace matside::image
