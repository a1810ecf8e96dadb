// A rotated square in a picture: what a network processes.
#pragma once

#include "core/base/point.h"
#include "core/base/quantity.h"

namespace matside::blazepose {

/// A square region in upright picture pixels. Its axes are the picture's rotated by `turn`
/// (clockwise on screen, since y points down); coordinates inside it run from 0 to 1.
struct Region {
  base::ImagePoint centre;
  double side_px = 0.0;
  base::Radians turn;
  int quarter_turns = 0;  ///< Clockwise turns that make the picture upright, if known.

  /// From coordinates of the square ((0, 0) top left, (1, 1) bottom right) to picture pixels.
  [[nodiscard]] base::ImagePoint to_picture(double u, double v) const;
};

/// Whether they are the same square.
inline bool operator==(const Region& a, const Region& b) {
  return a.centre.x_px == b.centre.x_px && a.centre.y_px == b.centre.y_px &&
         a.side_px == b.side_px && a.turn == b.turn && a.quarter_turns == b.quarter_turns;
}

/// The region around a body: centred on `middle` (picture pixels), with half a side of 1.25
/// times the distance to `end`, and rotated so that `end` is straight above `middle`.
/// @source ../../../docs/sources.md#blazepose
Region region_around(base::ImagePoint middle, base::ImagePoint end);

/// The square around the picture's centre whose side is the picture's longer side, rotated.
Region whole_picture_region(base::ImageSize size, base::Radians turn);

}  // namespace matside::blazepose
