#include "vision/blazepose/sample.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "vision/blazepose/sample_line.h"
#include "vision/blazepose/sample_planes.h"

#ifdef __SSE2__
#include <emmintrin.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

namespace matside::blazepose {
namespace {

constexpr std::size_t kMaxSide = 256;

/// Weights of a row's left and right pixel add up to this.
constexpr std::int32_t kWeightOne = 1 << 14;

/// Where the samples of one line fall: the pixel above and left of each, and the weights.
struct Row {
  std::array<std::int32_t, kMaxSide> x;
  std::array<std::int32_t, kMaxSide> y;
  std::array<std::int32_t, kMaxSide> right;   ///< Weight of the right pixels, of kWeightOne.
  std::array<std::int32_t, kMaxSide> next_x;  ///< 1, or 0 where the right pixel weighs nothing.
  std::array<std::int32_t, kMaxSide> next_y;
  std::array<float, kMaxSide> below;   ///< Weight of the lower pixels, 0 to 1.
  std::array<float, kMaxSide> inside;  ///< 1 within the picture, 0 outside.
};

void locate(base::ImageSize size, const SampleLine& line, std::size_t side, Row& row) {
  const auto last_x = static_cast<float>(size.width_px - 1);
  const auto last_y = static_cast<float>(size.height_px - 1);
  for (std::size_t i = 0; i < side; ++i) {
    const auto step = static_cast<float>(static_cast<std::int32_t>(i));
    const float x = line.x + step * line.dx;
    const float y = line.y + step * line.dy;
    const float kept_x = std::min(std::max(x, 0.0F), last_x);
    const float kept_y = std::min(std::max(y, 0.0F), last_y);
    row.x[i] = static_cast<std::int32_t>(kept_x);
    row.y[i] = static_cast<std::int32_t>(kept_y);
    const float right = kept_x - static_cast<float>(row.x[i]);
    row.right[i] = static_cast<std::int32_t>(right * static_cast<float>(kWeightOne));
    row.below[i] = kept_y - static_cast<float>(row.y[i]);
    row.next_x[i] = right > 0.0F ? 1 : 0;
    row.next_y[i] = row.below[i] > 0.0F ? 1 : 0;
    // Within half a pixel of its clamped place, a sample is on the edge's own pixel.
    const float beyond = std::max(std::abs(x - kept_x), std::abs(y - kept_y));
    row.inside[i] = beyond <= 0.5F ? 1.0F : 0.0F;
  }
}

/// Red, green, blue and whatever byte follows.
using Quad = std::array<float, 4>;

/// Two neighbouring pixels' weighted sum, in 1 / kWeightOne; reads 4 bytes at each.
Quad weighted_sum(const std::uint8_t* left, const std::uint8_t* right,
                  std::int32_t right_weight) {
#ifdef __SSE2__
  std::int32_t left_bytes;
  std::int32_t right_bytes;
  std::memcpy(&left_bytes, left, sizeof(left_bytes));
  std::memcpy(&right_bytes, right, sizeof(right_bytes));
  const __m128i pairs =
      _mm_unpacklo_epi8(_mm_cvtsi32_si128(left_bytes), _mm_cvtsi32_si128(right_bytes));
  const __m128i wide = _mm_unpacklo_epi8(pairs, _mm_setzero_si128());
  const __m128i weights = _mm_set1_epi32((right_weight << 16) | (kWeightOne - right_weight));
  return std::bit_cast<Quad>(_mm_cvtepi32_ps(_mm_madd_epi16(wide, weights)));
#elif defined(__wasm_simd128__)
  const v128_t pairs =
      wasm_i8x16_shuffle(wasm_v128_load32_zero(left), wasm_v128_load32_zero(right), 0, 16, 1,
                         17, 2, 18, 3, 19, 4, 4, 4, 4, 4, 4, 4, 4);
  const v128_t wide = wasm_u16x8_extend_low_u8x16(pairs);
  const v128_t weights = wasm_i32x4_splat((right_weight << 16) | (kWeightOne - right_weight));
  return std::bit_cast<Quad>(wasm_f32x4_convert_i32x4(wasm_i32x4_dot_i16x8(wide, weights)));
#else
  Quad sum;
  for (std::size_t c = 0; c < sum.size(); ++c) {
    sum[c] =
        static_cast<float>(left[c] * (kWeightOne - right_weight) + right[c] * right_weight);
  }
  return sum;
#endif
}

/// Pixels by place, each readable as 4 bytes without passing the end of the picture.
class Pixels {
 public:
  explicit Pixels(const image::Image& picture)
      : data_(picture.rgb.data()),
        stride_(static_cast<std::ptrdiff_t>(picture.stride_bytes())),
        last_(static_cast<std::ptrdiff_t>(picture.rgb.size()) - 3) {
    std::memcpy(tail_.data(), data_ + last_, 3);
  }

  [[nodiscard]] const std::uint8_t* at(std::int32_t x, std::int32_t y) const {
    const std::ptrdiff_t offset = y * stride_ + std::ptrdiff_t{3} * x;
    return offset == last_ ? tail_.data() : data_ + offset;
  }

 private:
  const std::uint8_t* data_;
  std::ptrdiff_t stride_;
  std::ptrdiff_t last_;
  std::array<std::uint8_t, 4> tail_{};
};

void blend(const Pixels& pixels, const Row& row, std::size_t side, float low, float scale,
           float* out) {
  for (std::size_t i = 0; i < side; ++i) {
    const std::int32_t x = row.x[i];
    const std::int32_t y = row.y[i];
    const std::int32_t next_x = x + row.next_x[i];
    const std::int32_t next_y = y + row.next_y[i];
    const Quad top = weighted_sum(pixels.at(x, y), pixels.at(next_x, y), row.right[i]);
    const Quad bottom =
        weighted_sum(pixels.at(x, next_y), pixels.at(next_x, next_y), row.right[i]);
    const float gain = scale * row.inside[i];
    for (std::size_t c = 0; c < 3; ++c) {
      out[3 * i + c] = low + gain * (top[c] + row.below[i] * (bottom[c] - top[c]));
    }
  }
}

}  // namespace

void sample(const image::View& picture, const Region& region, Border border, float low,
            float high, std::size_t side, std::span<float> out) {
  assert(picture.has_pixels() && side <= kMaxSide && out.size() == side * side * 3);
  if (picture.image() == nullptr) {
    sample_planes(*picture.planes(), region, border, low, high, side, out);
    return;
  }
  const float scale = (high - low) / (255.0F * static_cast<float>(kWeightOne));
  const Pixels pixels(*picture.image());
  Row row;
  for (std::size_t j = 0; j < side; ++j) {
    locate(picture.size(), sample_line(region, side, j), side, row);
    if (border == Border::repeat_edge) row.inside.fill(1.0F);
    blend(pixels, row, side, low, scale, out.data() + j * side * 3);
  }
}

}  // namespace matside::blazepose
