// Samples a region of a picture as a network's input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "vision/blazepose/region.h"
#include "vision/image/view.h"

namespace matside::blazepose {

/// The value of samples outside the picture.
enum class Border : std::uint8_t { black, repeat_edge };

/// Samples the region bilinearly, pixel centres aligned, into `side` x `side` x 3 floats: RGB,
/// row by row, scaled so that 0 becomes `low` and 255 `high`. In planes, each pixel takes the
/// colour differences of its 2 x 2 block, as players do. `side` is at most 256; `out` has
/// exactly that size; the picture has pixels (all asserted).
void sample(const image::View& picture, const Region& region, Border border, float low,
            float high, std::size_t side, std::span<float> out);

/// As `sample` for planes, without vector instructions: the same floats, more slowly. Reference
/// for tests and benchmarks.
void sample_scalar(const image::Planes& planes, const Region& region, Border border, float low,
                   float high, std::size_t side, std::span<float> out);

}  // namespace matside::blazepose
