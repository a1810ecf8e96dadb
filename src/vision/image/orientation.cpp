#include "vision/image/orientation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>

namespace matside::image {
namespace {

struct Rows {
  std::uint8_t* first = nullptr;
  std::ptrdiff_t stride_bytes = 0;
};

void place_straight(const StoredPicture& stored, Orientation orientation, Rows target) {
  const int width = stored.size.width_px;
  const int height = stored.size.height_px;
  for (int y = 0; y < height; ++y) {
    const std::uint8_t* from =
        stored.rgb + (orientation.mirrored_y ? height - 1 - y : y) * stored.stride_bytes;
    std::uint8_t* to = target.first + y * target.stride_bytes;
    if (!orientation.mirrored_x) {
      std::memcpy(to, from, static_cast<std::size_t>(width) * 3);
      continue;
    }
    const std::uint8_t* pixel = from + static_cast<std::ptrdiff_t>(width - 1) * 3;
    for (int x = 0; x < width; ++x, pixel -= 3, to += 3) {
      to[0] = pixel[0];
      to[1] = pixel[1];
      to[2] = pixel[2];
    }
  }
}

void place_transposed(const StoredPicture& stored, Orientation orientation, Rows target) {
  const base::ImageSize upright = upright_size(stored.size, orientation);
  for (int top = 0; top < upright.height_px; top += kTile) {
    const int bottom = std::min(top + kTile, upright.height_px);
    for (int left = 0; left < upright.width_px; left += kTile) {
      const int right = std::min(left + kTile, upright.width_px);
      for (int y = top; y < bottom; ++y) {
        const int stored_x = orientation.mirrored_y ? upright.height_px - 1 - y : y;
        std::uint8_t* to =
            target.first + y * target.stride_bytes + static_cast<std::ptrdiff_t>(left) * 3;
        for (int x = left; x < right; ++x, to += 3) {
          const int stored_y = orientation.mirrored_x ? upright.width_px - 1 - x : x;
          const std::uint8_t* from = stored.rgb + stored_y * stored.stride_bytes +
                                     static_cast<std::ptrdiff_t>(stored_x) * 3;
          to[0] = from[0];
          to[1] = from[1];
          to[2] = from[2];
        }
      }
    }
  }
}

}  // namespace

Orientation nearest_orientation(double a, double b, double c, double d) {
  if (std::abs(a) + std::abs(d) >= std::abs(b) + std::abs(c)) return {false, a < 0, d < 0};
  return {true, c < 0, b < 0};
}

Orientation orientation_from_exif(int tag) {
  switch (tag) {
    case 2:
      return {false, true, false};
    case 3:
      return {false, true, true};
    case 4:
      return {false, false, true};
    case 5:
      return {true, false, false};
    case 6:
      return {true, true, false};
    case 7:
      return {true, true, true};
    case 8:
      return {true, false, true};
    default:
      return {};
  }
}

Orientation turned(Orientation orientation, int quarter_turns) {
  for (int i = 0; i < quarter_turns; ++i) {
    orientation = {!orientation.transposed, !orientation.mirrored_y, orientation.mirrored_x};
  }
  return orientation;
}

base::ImageSize upright_size(base::ImageSize stored, Orientation orientation) {
  if (orientation.transposed) return {stored.height_px, stored.width_px};
  return stored;
}

void place_upright(const StoredPicture& stored, Orientation orientation, int x_px, int y_px,
                   Image& target) {
  const base::ImageSize upright = upright_size(stored.size, orientation);
  assert(x_px >= 0 && x_px + upright.width_px <= target.size.width_px);
  assert(y_px >= 0 && y_px + upright.height_px <= target.size.height_px);
  assert(target.rgb.size() == target.stride_bytes() * target.size.height_px);
  if (upright.width_px <= 0 || upright.height_px <= 0) return;
  const auto stride = static_cast<std::ptrdiff_t>(target.stride_bytes());
  const Rows rows{target.rgb.data() + y_px * stride + static_cast<std::ptrdiff_t>(x_px) * 3,
                  stride};
  if (orientation.transposed) {
    place_transposed(stored, orientation, rows);
  } else {
    place_straight(stored, orientation, rows);
  }
}

}  // namespace matside::image
