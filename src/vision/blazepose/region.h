// A turned square in the picture.
#pragma once

#include "core/base/point.h"
#include "core/base/quantity.h"

namespace matside::blazepose {

/// A square that a network looks at. Its own axes are those of the picture turned by `turn`
/// (clockwise as seen, since y points down); inside it, positions run from 0 to 1.
struct Region {
  base::ImagePoint centre;
  double side_px = 0.0;
  base::Radians turn;
  int quarters = 0;  ///< By which the picture must be turned to stand upright, where known.

  /// From the square's own coordinates (0, 0 its top left corner, 1, 1 its bottom right) to the
  /// picture's pixels.
  [[nodiscard]] base::ImagePoint to_picture(double u, double v) const;
};

/// The region round a body: centred on `middle`, reaching 1.25 times as far as `end` all round,
/// turned so that `end` is straight above `middle` in it.
/// @source ../../docs/sources.md#blazepose
Region region_round(base::ImagePoint middle, base::ImagePoint end);

/// The smallest square round the whole picture, turned.
Region whole_picture(base::ImageSize size, base::Radians turn);

}  // namespace matside::blazepose
