// Samples YUV planes directly, without an RGB copy.
#pragma once

#include <cstddef>
#include <span>

#include "vision/blazepose/sample.h"

namespace matside::blazepose {

/// As `sample`, for planes; uses AVX2 where the processor has it.
void sample_planes(const image::Planes& planes, const Region& region, Border border, float low,
                   float high, std::size_t side, std::span<float> out);

}  // namespace matside::blazepose
