#include "vision/media/yuv_colours.h"

#include <algorithm>
#include <array>

namespace matside::media {
namespace {

using Matrix = std::array<int, 4>;

constexpr Matrix kBt601{104597, 132201, 25675, 53279};
constexpr Matrix kBt709{117489, 138438, 13975, 34925};
constexpr Matrix kFcc{104448, 132798, 24759, 53109};
constexpr Matrix kSmpte240m{117579, 136230, 16907, 35559};
constexpr Matrix kBt2020{110013, 140363, 12277, 42626};

// Above this height unlabelled video is taken as high definition, as players do.
constexpr int kStandardDefinitionHeight_px = 576;

const Matrix& matrix_of(const ColourTags& tags, base::ImageSize size) {
  switch (tags.matrix) {
    case 1:
      return kBt709;
    case 4:
      return kFcc;
    case 5:
    case 6:
      return kBt601;
    case 7:
      return kSmpte240m;
    case 9:
    case 10:
      return kBt2020;
    default:
      return is_guessed_bt709(size, tags.full_range) ? kBt709 : kBt601;
  }
}

}  // namespace

bool is_guessed_bt709(base::ImageSize size, bool full_range) {
  return std::min(size.width_px, size.height_px) > kStandardDefinitionHeight_px && !full_range;
}

image::YuvToRgb yuv_to_rgb(std::span<const int, 4> matrix, bool full_range) {
  constexpr double kOne = 65536.0;
  constexpr double kMiddle = 128.0;
  const double gain = full_range ? 1.0 : 255.0 / 219.0;
  const double chroma = (full_range ? 224.0 / 255.0 : 1.0) / kOne;
  const double zero = full_range ? 0.0 : -16.0 * gain;
  const double red_v = matrix[0] * chroma;
  const double blue_u = matrix[1] * chroma;
  const double green_u = -matrix[2] * chroma;
  const double green_v = -matrix[3] * chroma;
  const auto narrow = [](double value) { return static_cast<float>(value); };
  return {.gain = narrow(gain),
          .red_v = narrow(red_v),
          .red_0 = narrow(zero - kMiddle * red_v),
          .green_u = narrow(green_u),
          .green_v = narrow(green_v),
          .green_0 = narrow(zero - kMiddle * (green_u + green_v)),
          .blue_u = narrow(blue_u),
          .blue_0 = narrow(zero - kMiddle * blue_u)};
}

image::YuvToRgb yuv_to_rgb(const ColourTags& tags, base::ImageSize size) {
  return yuv_to_rgb(matrix_of(tags, size), tags.full_range);
}

}  // namespace matside::media
