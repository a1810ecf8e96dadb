#include "vision/image/canvas.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace matside::image {
namespace {

struct PlaneFrom {
  const std::uint8_t* first = nullptr;
  std::ptrdiff_t stride_bytes = 0;
  base::ImageSize size;
};

struct PlaneTo {
  std::uint8_t* first = nullptr;
  std::ptrdiff_t stride_bytes = 0;
};

void copy_straight(const PlaneFrom& from, Orientation orientation, PlaneTo to) {
  const auto [width, height] = from.size;
  for (int y = 0; y < height; ++y) {
    const std::uint8_t* row =
        from.first + (orientation.mirrored_y ? height - 1 - y : y) * from.stride_bytes;
    std::uint8_t* out = to.first + y * to.stride_bytes;
    if (orientation.mirrored_x) {
      std::reverse_copy(row, row + width, out);
    } else {
      std::memcpy(out, row, static_cast<std::size_t>(width));
    }
  }
}

void copy_transposed(const PlaneFrom& from, Orientation orientation, PlaneTo to) {
  const auto [width, height] = upright_size(from.size, orientation);
  for (int top = 0; top < height; top += kTile) {
    const int bottom = std::min(top + kTile, height);
    for (int left = 0; left < width; left += kTile) {
      const int right = std::min(left + kTile, width);
      for (int y = top; y < bottom; ++y) {
        const std::uint8_t* column = from.first + (orientation.mirrored_y ? height - 1 - y : y);
        std::uint8_t* out = to.first + y * to.stride_bytes;
        for (int x = left; x < right; ++x) {
          out[x] = column[(orientation.mirrored_x ? width - 1 - x : x) * from.stride_bytes];
        }
      }
    }
  }
}

void copy_plane(const PlaneFrom& from, Orientation orientation, PlaneTo to) {
  if (orientation.transposed) {
    copy_transposed(from, orientation, to);
  } else {
    copy_straight(from, orientation, to);
  }
}

/// Repeats the picture's last column and row in a plane that may be one larger.
void pad(base::ImageSize size, base::ImageSize plane, PlaneTo to) {
  if (size.width_px < plane.width_px) {
    for (int y = 0; y < size.height_px; ++y) {
      std::uint8_t* row = to.first + y * to.stride_bytes;
      row[size.width_px] = row[size.width_px - 1];
    }
  }
  if (size.height_px < plane.height_px) {
    const std::uint8_t* last = to.first + (size.height_px - 1) * to.stride_bytes;
    std::memcpy(to.first + size.height_px * to.stride_bytes, last,
                static_cast<std::size_t>(plane.width_px));
  }
}

void draw_planes(const Planes& picture, int quarter_turns, Canvas& canvas) {
  const Orientation orientation = turned(picture.orientation, quarter_turns);
  const base::ImageSize upright = upright_size(picture.stored, orientation);
  assert(canvas.size == even_size(upright));
  const base::ImageSize halved{(picture.stored.width_px + 1) / 2,
                               (picture.stored.height_px + 1) / 2};
  const PlaneTo brightness{canvas.y, canvas.y_stride_bytes};
  copy_plane({picture.y, picture.y_stride_bytes, picture.stored}, orientation, brightness);
  pad(upright, canvas.size, brightness);
  copy_plane({picture.u, picture.uv_stride_bytes, halved}, orientation,
             {canvas.u, canvas.uv_stride_bytes});
  copy_plane({picture.v, picture.uv_stride_bytes, halved}, orientation,
             {canvas.v, canvas.uv_stride_bytes});
  canvas.colours = picture.colours;
}

/// A sum of RGB pixels, to average.
struct Sum {
  float red = 0.0F;
  float green = 0.0F;
  float blue = 0.0F;
  float pixels = 0.0F;

  void add(const std::uint8_t* rgb) {
    red += rgb[0];
    green += rgb[1];
    blue += rgb[2];
    pixels += 1.0F;
  }
  [[nodiscard]] std::uint8_t stored(const RgbToYuv::Coefficients& share) const {
    const float sum = share.red * red + share.green * green + share.blue * blue;
    return static_cast<std::uint8_t>(
        std::clamp(sum / pixels + share.added + 0.5F, 0.0F, 255.0F));
  }
};

void draw_rgb(const Image& picture, int quarter_turns, Canvas& canvas) {
  Image turned_picture;
  if (quarter_turns != 0) {
    turned_picture.size = upright_size(picture.size, turned({}, quarter_turns));
    turned_picture.rgb.resize(picture.rgb.size());
    place_upright(
        {picture.rgb.data(), static_cast<std::ptrdiff_t>(picture.stride_bytes()), picture.size},
        turned({}, quarter_turns), 0, 0, turned_picture);
  }
  const Image& upright = quarter_turns == 0 ? picture : turned_picture;
  assert(canvas.size == even_size(upright.size));
  const RgbToYuv stored = rgb_to_yuv(canvas.colours);
  const auto pixel = [&](int x, int y) {
    return upright.row(std::min(y, upright.size.height_px - 1)) +
           3 * std::min(x, upright.size.width_px - 1);
  };
  for (int y = 0; y < canvas.size.height_px; y += 2) {
    for (int x = 0; x < canvas.size.width_px; x += 2) {
      Sum four;
      for (const int row : {y, y + 1}) {
        for (const int column : {x, x + 1}) {
          Sum one;
          one.add(pixel(column, row));
          four.add(pixel(column, row));
          canvas.y[row * canvas.y_stride_bytes + column] = one.stored(stored.y);
        }
      }
      const std::ptrdiff_t at = std::ptrdiff_t{y / 2} * canvas.uv_stride_bytes + x / 2;
      canvas.u[at] = four.stored(stored.u);
      canvas.v[at] = four.stored(stored.v);
    }
  }
}

}  // namespace

// Solves red = gain y + red_v v + red_0 and its siblings: substituting u and v (from blue and
// red) into green gives y; u and v then follow from y.
RgbToYuv rgb_to_yuv(const YuvToRgb& c) {
  const float of_red = c.green_v / c.red_v;
  const float of_blue = c.green_u / c.blue_u;
  const float whole = 1.0F - of_red - of_blue;
  const float red = -of_red / whole;
  const float green = 1.0F / whole;
  const float blue = -of_blue / whole;
  const float zero = -(red * c.red_0 + green * c.green_0 + blue * c.blue_0);
  const auto difference = [&](float r, float b, float zero_of, float scale) {
    return RgbToYuv::Coefficients{(r - red) / scale, -green / scale, (b - blue) / scale,
                                  -(zero_of + zero) / scale};
  };
  return {.y = {red / c.gain, green / c.gain, blue / c.gain, zero / c.gain},
          .u = difference(0.0F, 1.0F, c.blue_0, c.blue_u),
          .v = difference(1.0F, 0.0F, c.red_0, c.red_v)};
}

base::ImageSize even_size(base::ImageSize size) {
  return {size.width_px + size.width_px % 2, size.height_px + size.height_px % 2};
}

void draw_picture(const View& picture, int quarter_turns, Canvas& canvas) {
  if (picture.planes() != nullptr) return draw_planes(*picture.planes(), quarter_turns, canvas);
  draw_rgb(*picture.image(), quarter_turns, canvas);
}

}  // namespace matside::image
