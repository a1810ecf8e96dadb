// Where in a picture to look for people.
#pragma once

#include <vector>

#include "vision/blazepose/region.h"

namespace matside::blazepose {

/// Squares to give to the detector, the likeliest first: the whole picture as it is and turned
/// by a quarter either way, then smaller squares that cover it twice over. The detector sees
/// only 224 x 224 pixels, so that whoever is small in the whole picture is lost in it, and of
/// two people it may see one; upright people it knows best.
std::vector<Region> looks(base::ImageSize size);

/// Smaller squares yet, where the picture is large enough for them to show more: someone as
/// long as an eighth of its longer side lies wholly in one of them.
std::vector<Region> close_looks(base::ImageSize size);

}  // namespace matside::blazepose
