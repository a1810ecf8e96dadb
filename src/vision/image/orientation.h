// How to turn or mirror a stored picture so that it is upright.
#pragma once

#include <cstddef>
#include <cstdint>

#include "vision/image/image.h"

namespace matside::image {

/// One of the eight symmetries of a rectangle, from the stored to the upright picture. The
/// stored picture is transposed first (rows become columns), then mirrored.
struct Orientation {
  bool transposed = false;
  bool mirrored_x = false;  ///< left and right exchanged, after transposing
  bool mirrored_y = false;  ///< top and bottom exchanged, after transposing

  friend bool operator==(Orientation, Orientation) = default;
};

/// The orientation nearest to the linear map x' = a x + c y, y' = b x + d y (y points down), as
/// in the display matrix of a video track. Scale is ignored; a zero map gives the identity.
/// @source ISO/IEC 14496-12, track header box, `matrix`
Orientation nearest_orientation(double a, double b, double c, double d);

/// The orientation for a photo's EXIF tag 0x0112 (1 to 8); other values give the identity.
/// @source Exif 2.32, tag Orientation
Orientation orientation_from_exif(int tag);

/// `orientation` followed by `quarter_turns` (0 to 3) quarter turns clockwise.
Orientation turned(Orientation orientation, int quarter_turns);

/// Size of the upright picture for a stored size, in pixels.
base::ImageSize upright_size(base::ImageSize stored, Orientation orientation);

/// A view of RGB pixels as stored: 8 bits a channel, rows `stride_bytes` apart.
struct StoredPicture {
  const std::uint8_t* rgb = nullptr;
  std::ptrdiff_t stride_bytes = 0;
  base::ImageSize size;
};

/// Copies the picture, made upright, into `target` with its top left corner at (x_px, y_px).
/// The upright picture must fit there (asserted). An empty picture copies nothing.
void place_upright(const StoredPicture& stored, Orientation orientation, int x_px, int y_px,
                   Image& target);

}  // namespace matside::image
