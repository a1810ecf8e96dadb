// Copies of planes in another size.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/point.h"
#include "vision/image/view.h"

namespace matside::image {

/// The picture with `stored` samples a side, as FFmpeg's bilinear scaler makes it, within two
/// steps of 256: each sample is a mean of the old ones around it, weighted by their distance.
/// @param planes must have pixels (asserted)
/// @param memory holds the new planes, and is reused; must outlive the result
Planes scaled_planes(const Planes& planes, base::ImageSize stored,
                     std::vector<std::uint8_t>& memory);

/// Samples a side of the colour differences of a 4:2:0 picture.
base::ImageSize chroma_size(base::ImageSize stored);

}  // namespace matside::image
