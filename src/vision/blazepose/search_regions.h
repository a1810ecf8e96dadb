// The regions of a picture in which to search for people.
#pragma once

#include <vector>

#include "vision/blazepose/region.h"

namespace matside::blazepose {

/// Squares for the detector, most promising first, in upright picture pixels: the whole picture
/// as it is and rotated by a quarter turn each way, then overlapping smaller squares. The
/// detector's input is 224 x 224 pixels, so it misses small people, may see only one of two,
/// and recognises upright people best. Never empty.
std::vector<Region> search_regions(base::ImageSize size);

/// Still smaller squares, in upright picture pixels; empty when the picture is too small for
/// them to add detail. A person one eighth as long as the longer side fits into one of them.
std::vector<Region> small_search_regions(base::ImageSize size);

}  // namespace matside::blazepose
