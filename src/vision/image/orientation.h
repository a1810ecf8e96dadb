// How a stored picture must be turned or mirrored to stand upright.
#pragma once

#include <cstddef>
#include <cstdint>

#include "vision/image/image.h"

namespace matside::image {

/// One of the eight ways to lay a rectangle on itself. The stored picture is first transposed
/// (rows become columns), then mirrored.
struct Orientation {
  bool transposed = false;
  bool mirrored_x = false;  ///< left and right exchanged, after transposing
  bool mirrored_y = false;  ///< top and bottom exchanged, after transposing

  friend bool operator==(Orientation, Orientation) = default;
};

/// The orientation nearest to the linear map x' = a x + c y, y' = b x + d y (y down), as in the
/// display matrix of a video track. Scale is ignored; a map of zeros gives the identity.
Orientation nearest_orientation(double a, double b, double c, double d);

/// The orientation for a photo's EXIF tag 0x0112 (1 to 8); anything else gives the identity.
Orientation orientation_from_exif(int tag);

/// The same, then turned clockwise by `quarters`, 0 to 3.
Orientation turned(Orientation orientation, int quarters);

/// Size of the upright picture.
base::ImageSize upright_size(base::ImageSize stored, Orientation orientation);

/// Stored RGB pixels: 8 bits a channel, rows `stride_bytes` apart.
struct StoredPicture {
  const std::uint8_t* rgb = nullptr;
  std::ptrdiff_t stride_bytes = 0;
  base::ImageSize size;
};

/// Copies the picture upright into `target`, its top left corner at (x_px, y_px).
/// The upright picture must fit there (asserts).
void place_upright(const StoredPicture& stored, Orientation orientation, int x_px, int y_px,
                   Image& target);

}  // namespace matside::image
