// What a network sees of a region: its pixels as floats.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "vision/blazepose/region.h"
#include "vision/image/view.h"

namespace matside::blazepose {

/// What lies outside the picture.
enum class Border : std::uint8_t { black, repeat_edge };

/// Samples the region, bilinearly with pixel centres aligned, into `side` x `side` x 3 floats,
/// RGB, row by row, scaled so that 0 becomes `low` and 255 `high`. Of planes, each pixel has
/// its 2 x 2 block's colour differences, as when players show them. `out` holds exactly that
/// many floats; the picture has pixels (both asserted).
void sample(const image::View& picture, const Region& region, Border border, float low,
            float high, std::size_t side, std::span<float> out);

/// As `sample`, of planes, by instructions that every processor has: the same floats, more
/// slowly.
void sample_portably(const image::Planes& planes, const Region& region, Border border,
                     float low, float high, std::size_t side, std::span<float> out);

}  // namespace matside::blazepose
