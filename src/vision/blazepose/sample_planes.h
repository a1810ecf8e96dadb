// Sampling of pictures in planes, straight from the decoder's memory.
#pragma once

#include <cstddef>
#include <span>

#include "vision/blazepose/sample.h"

namespace matside::blazepose {

/// As `sample`, of planes.
void sample_planes(const image::Planes& planes, const Region& region, Border border, float low,
                   float high, std::size_t side, std::span<float> out);

}  // namespace matside::blazepose
