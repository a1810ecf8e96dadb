#include "vision/blazepose/sample_planes.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <utility>

#include "vision/blazepose/sample_line.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

namespace matside::blazepose {
namespace {

/// Parameters common to all samples of one picture.
struct Job {
  const image::Planes& planes;
  float last_x;
  float last_y;
  std::int32_t last_row;
  float low;
  float scale;  ///< From 0..255 to low..high.
  bool black_outside;
};

/// Samples `count` positions of the line, starting at `first`.
using Kernel = void (*)(const Job& job, const SampleLine& line, std::size_t first,
                        std::size_t count, float* out);

// All kernels do the same operations in the same order, so their floats are identical.

float blend(const std::uint8_t* top, const std::uint8_t* bottom, std::int32_t next, float right,
            float below) {
  const auto of = [](std::uint8_t value) { return static_cast<float>(value); };
  const float a = of(top[0]) + right * (of(top[next]) - of(top[0]));
  const float b = of(bottom[0]) + right * (of(bottom[next]) - of(bottom[0]));
  return a + below * (b - a);
}

float kept(float value) {
  const float positive = value > 0.0F ? value : 0.0F;
  return positive < 255.0F ? positive : 255.0F;
}

void sample_any(const Job& job, const SampleLine& line, std::size_t first, std::size_t count,
                float* out) {
  const image::Planes& p = job.planes;
  const image::YuvToRgb& c = p.colours;
  for (std::size_t i = first; i < first + count; ++i) {
    const auto step = static_cast<float>(static_cast<std::int32_t>(i));
    const float x = line.x + step * line.dx;
    const float y = line.y + step * line.dy;
    const float positive_x = x > 0.0F ? x : 0.0F;
    const float positive_y = y > 0.0F ? y : 0.0F;
    const float kept_x = positive_x < job.last_x ? positive_x : job.last_x;
    const float kept_y = positive_y < job.last_y ? positive_y : job.last_y;
    const auto column = static_cast<std::int32_t>(kept_x);
    const auto row = static_cast<std::int32_t>(kept_y);
    const std::int32_t next_row = std::min(row + 1, job.last_row);
    const float right = kept_x - static_cast<float>(column);
    const float below = kept_y - static_cast<float>(row);
    const float uv_right = (column & 1) != 0 ? right : 0.0F;

    const auto at = [&](const std::uint8_t* plane, std::int32_t stride, std::int32_t r,
                        std::int32_t x_px) {
      return plane + static_cast<std::ptrdiff_t>(r) * stride + x_px;
    };
    const auto uv = [&](const std::uint8_t* plane) {
      return blend(at(plane, p.uv_stride_bytes, row >> 1, column >> 1),
                   at(plane, p.uv_stride_bytes, next_row >> 1, column >> 1),
                   uv_right > 0.0F ? 1 : 0, uv_right, below);
    };
    const float brightness =
        blend(at(p.y, p.y_stride_bytes, row, column),
              at(p.y, p.y_stride_bytes, next_row, column), right > 0.0F ? 1 : 0, right, below);
    const float u = uv(p.u);
    const float v = uv(p.v);
    const float grey = c.gain * brightness;
    const float red = kept((grey + c.red_v * v) + c.red_0);
    const float green = kept((grey + c.green_u * u) + (c.green_v * v + c.green_0));
    const float blue = kept((grey + c.blue_u * u) + c.blue_0);
    // Within half a pixel of its clamped place, a sample is on the edge's own pixel.
    const bool outside = std::abs(x - kept_x) > 0.5F || std::abs(y - kept_y) > 0.5F;
    const float scale = job.black_outside && outside ? 0.0F : job.scale;
    out[3 * i] = job.low + scale * red;
    out[3 * i + 1] = job.low + scale * green;
    out[3 * i + 2] = job.low + scale * blue;
  }
}

#if defined(__x86_64__)
#define MATSIDE_AVX2 __attribute__((target("avx2")))

/// For eight positions: the low byte is the pixel, the next byte its right neighbour.
MATSIDE_AVX2 __m256 blend_pairs(__m256i top, __m256i bottom, __m256 right, __m256 below) {
  const __m256i byte = _mm256_set1_epi32(0xff);
  const __m256 a0 = _mm256_cvtepi32_ps(_mm256_and_si256(top, byte));
  const __m256 a1 = _mm256_cvtepi32_ps(_mm256_and_si256(_mm256_srli_epi32(top, 8), byte));
  const __m256 b0 = _mm256_cvtepi32_ps(_mm256_and_si256(bottom, byte));
  const __m256 b1 = _mm256_cvtepi32_ps(_mm256_and_si256(_mm256_srli_epi32(bottom, 8), byte));
  const __m256 a = _mm256_add_ps(a0, _mm256_mul_ps(right, _mm256_sub_ps(a1, a0)));
  const __m256 b = _mm256_add_ps(b0, _mm256_mul_ps(right, _mm256_sub_ps(b1, b0)));
  return _mm256_add_ps(a, _mm256_mul_ps(below, _mm256_sub_ps(b, a)));
}

MATSIDE_AVX2 __m256 blend_plane(const std::uint8_t* plane, __m256i top, __m256i bottom,
                                __m256 right, __m256 below) {
  const int* bytes = reinterpret_cast<const int*>(plane);
  return blend_pairs(_mm256_i32gather_epi32(bytes, top, 1),
                     _mm256_i32gather_epi32(bytes, bottom, 1), right, below);
}

MATSIDE_AVX2 __m256 kept8(__m256 value) {
  const __m256 positive = _mm256_max_ps(value, _mm256_setzero_ps());
  return _mm256_min_ps(positive, _mm256_set1_ps(255.0F));
}

MATSIDE_AVX2 __m256 spread(__m256 values, __m256i places) {
  return _mm256_permutevar8x32_ps(values, places);
}

/// Eight reds, greens and blues as eight pixels.
MATSIDE_AVX2 void store_pixels(__m256 red, __m256 green, __m256 blue, float* out) {
  const __m256i first = _mm256_setr_epi32(0, 0, 0, 1, 1, 1, 2, 2);
  const __m256i second = _mm256_setr_epi32(2, 3, 3, 3, 4, 4, 4, 5);
  const __m256i third = _mm256_setr_epi32(5, 5, 6, 6, 6, 7, 7, 7);
  // rgbrgbrg brgbrgbr gbrgbrgb: a set bit takes from the second operand.
  const __m256 a =
      _mm256_blend_ps(_mm256_blend_ps(spread(red, first), spread(green, first), 0b10010010),
                      spread(blue, first), 0b00100100);
  const __m256 b =
      _mm256_blend_ps(_mm256_blend_ps(spread(red, second), spread(green, second), 0b00100100),
                      spread(blue, second), 0b01001001);
  const __m256 c =
      _mm256_blend_ps(_mm256_blend_ps(spread(red, third), spread(green, third), 0b01001001),
                      spread(blue, third), 0b10010010);
  _mm256_storeu_ps(out, a);
  _mm256_storeu_ps(out + 8, b);
  _mm256_storeu_ps(out + 16, c);
}

/// Positions of eight samples, as in sample_any.
struct Eight {
  __m256i column;
  __m256i row;
  __m256i next_row;
  __m256 right;
  __m256 below;
  __m256 scale;
};

MATSIDE_AVX2 __m256 along(float start, float step, __m256 index) {
  return _mm256_add_ps(_mm256_set1_ps(start), _mm256_mul_ps(index, _mm256_set1_ps(step)));
}

MATSIDE_AVX2 __m256 within(__m256 place, float last) {
  return _mm256_min_ps(_mm256_max_ps(place, _mm256_setzero_ps()), _mm256_set1_ps(last));
}

MATSIDE_AVX2 __m256 distance(__m256 a, __m256 b) {
  return _mm256_andnot_ps(_mm256_set1_ps(-0.0F), _mm256_sub_ps(a, b));
}

MATSIDE_AVX2 Eight locate_eight(const Job& job, const SampleLine& line, std::size_t first) {
  const __m256 index =
      _mm256_cvtepi32_ps(_mm256_add_epi32(_mm256_set1_epi32(static_cast<std::int32_t>(first)),
                                          _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7)));
  const __m256 x = along(line.x, line.dx, index);
  const __m256 y = along(line.y, line.dy, index);
  const __m256 kept_x = within(x, job.last_x);
  const __m256 kept_y = within(y, job.last_y);
  Eight at;
  at.column = _mm256_cvttps_epi32(kept_x);
  at.row = _mm256_cvttps_epi32(kept_y);
  at.next_row = _mm256_min_epi32(_mm256_add_epi32(at.row, _mm256_set1_epi32(1)),
                                 _mm256_set1_epi32(job.last_row));
  at.right = _mm256_sub_ps(kept_x, _mm256_cvtepi32_ps(at.column));
  at.below = _mm256_sub_ps(kept_y, _mm256_cvtepi32_ps(at.row));
  at.scale = _mm256_set1_ps(job.scale);
  if (job.black_outside) {
    const __m256 beyond = _mm256_max_ps(distance(x, kept_x), distance(y, kept_y));
    at.scale = _mm256_and_ps(at.scale, _mm256_cmp_ps(beyond, _mm256_set1_ps(0.5F), _CMP_LE_OQ));
  }
  return at;
}

MATSIDE_AVX2 __m256i offset(__m256i row, std::int32_t stride_bytes, __m256i column) {
  return _mm256_add_epi32(_mm256_mullo_epi32(row, _mm256_set1_epi32(stride_bytes)), column);
}

MATSIDE_AVX2 __m256 times(float a, __m256 b) { return _mm256_mul_ps(_mm256_set1_ps(a), b); }
MATSIDE_AVX2 __m256 plus(__m256 a, __m256 b) { return _mm256_add_ps(a, b); }
MATSIDE_AVX2 __m256 plus(__m256 a, float b) { return _mm256_add_ps(a, _mm256_set1_ps(b)); }

MATSIDE_AVX2 void sample_eight(const Job& job, const SampleLine& line, std::size_t first,
                               float* out) {
  const image::Planes& p = job.planes;
  const image::YuvToRgb& c = p.colours;
  const Eight at = locate_eight(job, line, first);
  const __m256 brightness =
      blend_plane(p.y, offset(at.row, p.y_stride_bytes, at.column),
                  offset(at.next_row, p.y_stride_bytes, at.column), at.right, at.below);

  const __m256i one = _mm256_set1_epi32(1);
  const __m256i odd = _mm256_cmpeq_epi32(_mm256_and_si256(at.column, one), one);
  const __m256 uv_right = _mm256_and_ps(at.right, _mm256_castsi256_ps(odd));
  const __m256i uv_column = _mm256_srli_epi32(at.column, 1);
  const __m256i top = offset(_mm256_srli_epi32(at.row, 1), p.uv_stride_bytes, uv_column);
  const __m256i bottom =
      offset(_mm256_srli_epi32(at.next_row, 1), p.uv_stride_bytes, uv_column);
  const __m256 u = blend_plane(p.u, top, bottom, uv_right, at.below);
  const __m256 v = blend_plane(p.v, top, bottom, uv_right, at.below);

  const __m256 grey = times(c.gain, brightness);
  const __m256 red = kept8(plus(plus(grey, times(c.red_v, v)), c.red_0));
  const __m256 green =
      kept8(plus(plus(grey, times(c.green_u, u)), plus(times(c.green_v, v), c.green_0)));
  const __m256 blue = kept8(plus(plus(grey, times(c.blue_u, u)), c.blue_0));
  const __m256 low = _mm256_set1_ps(job.low);
  store_pixels(plus(low, _mm256_mul_ps(at.scale, red)),
               plus(low, _mm256_mul_ps(at.scale, green)),
               plus(low, _mm256_mul_ps(at.scale, blue)), out + 3 * first);
}

MATSIDE_AVX2 void sample_by_eights(const Job& job, const SampleLine& line, std::size_t first,
                                   std::size_t count, float* out) {
  const std::size_t end = first + count;
  for (; first + 8 <= end; first += 8) sample_eight(job, line, first, out);
  sample_any(job, line, first, end - first, out);
}

Kernel fastest() {
  return __builtin_cpu_supports("avx2") != 0 ? &sample_by_eights : &sample_any;
}
#undef MATSIDE_AVX2
#elif defined(__wasm_simd128__)

/// For four positions: the pixel and its right neighbour in the lower two bytes of each lane.
v128_t gather_pairs(const std::uint8_t* plane, v128_t offsets) {
  v128_t pairs = wasm_i32x4_const_splat(0);
  pairs = wasm_v128_load16_lane(plane + wasm_i32x4_extract_lane(offsets, 0), pairs, 0);
  pairs = wasm_v128_load16_lane(plane + wasm_i32x4_extract_lane(offsets, 1), pairs, 2);
  pairs = wasm_v128_load16_lane(plane + wasm_i32x4_extract_lane(offsets, 2), pairs, 4);
  return wasm_v128_load16_lane(plane + wasm_i32x4_extract_lane(offsets, 3), pairs, 6);
}

v128_t plus(v128_t a, v128_t b) { return wasm_f32x4_add(a, b); }
v128_t plus(v128_t a, float b) { return wasm_f32x4_add(a, wasm_f32x4_splat(b)); }
v128_t times(float a, v128_t b) { return wasm_f32x4_mul(wasm_f32x4_splat(a), b); }

/// From a to b.
v128_t mix(v128_t a, v128_t b, v128_t share) {
  return plus(a, wasm_f32x4_mul(share, wasm_f32x4_sub(b, a)));
}

v128_t mix_pairs(v128_t pairs, v128_t right) {
  const v128_t byte = wasm_i32x4_const_splat(0xff);
  const v128_t left = wasm_f32x4_convert_i32x4(wasm_v128_and(pairs, byte));
  return mix(left, wasm_f32x4_convert_i32x4(wasm_u32x4_shr(pairs, 8)), right);
}

v128_t blend_plane(const std::uint8_t* plane, v128_t top, v128_t bottom, v128_t right,
                   v128_t below) {
  return mix(mix_pairs(gather_pairs(plane, top), right),
             mix_pairs(gather_pairs(plane, bottom), right), below);
}

/// From 0 to `most`.
v128_t within(v128_t value, float most) {
  const v128_t positive = wasm_f32x4_pmax(wasm_f32x4_const_splat(0.0F), value);
  return wasm_f32x4_pmin(wasm_f32x4_splat(most), positive);
}

v128_t offset(v128_t row, std::int32_t stride_bytes, v128_t column) {
  return wasm_i32x4_add(wasm_i32x4_mul(row, wasm_i32x4_splat(stride_bytes)), column);
}

/// Four reds, greens and blues as four pixels.
void store_pixels(v128_t red, v128_t green, v128_t blue, float* out) {
  const v128_t rg = wasm_i32x4_shuffle(red, green, 0, 4, 1, 5);    // r0 g0 r1 g1
  const v128_t gb = wasm_i32x4_shuffle(green, blue, 1, 5, 3, 7);   // g1 b1 g3 b3
  const v128_t rg_2 = wasm_i32x4_shuffle(red, green, 2, 6, 3, 7);  // r2 g2 r3 g3
  const v128_t br = wasm_i32x4_shuffle(blue, red, 2, 7, 2, 7);     // b2 r3 b2 r3
  wasm_v128_store(out, wasm_i32x4_shuffle(rg, blue, 0, 1, 4, 2));
  wasm_v128_store(out + 4, wasm_i32x4_shuffle(gb, rg_2, 0, 1, 4, 5));
  wasm_v128_store(out + 8, wasm_i32x4_shuffle(br, gb, 0, 1, 6, 7));
}

/// As sample_any, for four samples.
void sample_four(const Job& job, const SampleLine& line, std::size_t first, float* out) {
  const image::Planes& p = job.planes;
  const image::YuvToRgb& c = p.colours;
  const v128_t one = wasm_i32x4_const_splat(1);
  const v128_t index = wasm_f32x4_convert_i32x4(wasm_i32x4_add(
      wasm_i32x4_splat(static_cast<std::int32_t>(first)), wasm_i32x4_const(0, 1, 2, 3)));
  const v128_t x = plus(times(line.dx, index), line.x);
  const v128_t y = plus(times(line.dy, index), line.y);
  const v128_t kept_x = within(x, job.last_x);
  const v128_t kept_y = within(y, job.last_y);
  const v128_t column = wasm_i32x4_trunc_sat_f32x4(kept_x);
  const v128_t row = wasm_i32x4_trunc_sat_f32x4(kept_y);
  const v128_t next_row =
      wasm_i32x4_min(wasm_i32x4_add(row, one), wasm_i32x4_splat(job.last_row));
  const v128_t right = wasm_f32x4_sub(kept_x, wasm_f32x4_convert_i32x4(column));
  const v128_t below = wasm_f32x4_sub(kept_y, wasm_f32x4_convert_i32x4(row));
  const v128_t brightness =
      blend_plane(p.y, offset(row, p.y_stride_bytes, column),
                  offset(next_row, p.y_stride_bytes, column), right, below);

  const v128_t odd = wasm_i32x4_eq(wasm_v128_and(column, one), one);
  const v128_t uv_right = wasm_v128_and(right, odd);
  const v128_t uv_column = wasm_u32x4_shr(column, 1);
  const v128_t top = offset(wasm_u32x4_shr(row, 1), p.uv_stride_bytes, uv_column);
  const v128_t bottom = offset(wasm_u32x4_shr(next_row, 1), p.uv_stride_bytes, uv_column);
  const v128_t u = blend_plane(p.u, top, bottom, uv_right, below);
  const v128_t v = blend_plane(p.v, top, bottom, uv_right, below);

  const v128_t grey = times(c.gain, brightness);
  const v128_t red = within(plus(plus(grey, times(c.red_v, v)), c.red_0), 255.0F);
  const v128_t green = within(
      plus(plus(grey, times(c.green_u, u)), plus(times(c.green_v, v), c.green_0)), 255.0F);
  const v128_t blue = within(plus(plus(grey, times(c.blue_u, u)), c.blue_0), 255.0F);
  v128_t scale = wasm_f32x4_splat(job.scale);
  if (job.black_outside) {
    const v128_t beyond = wasm_f32x4_max(wasm_f32x4_abs(wasm_f32x4_sub(x, kept_x)),
                                         wasm_f32x4_abs(wasm_f32x4_sub(y, kept_y)));
    scale = wasm_v128_and(scale, wasm_f32x4_le(beyond, wasm_f32x4_const_splat(0.5F)));
  }
  store_pixels(plus(wasm_f32x4_mul(scale, red), job.low),
               plus(wasm_f32x4_mul(scale, green), job.low),
               plus(wasm_f32x4_mul(scale, blue), job.low), out + 3 * first);
}

void sample_by_fours(const Job& job, const SampleLine& line, std::size_t first,
                     std::size_t count, float* out) {
  const std::size_t end = first + count;
  for (; first + 4 <= end; first += 4) sample_four(job, line, first, out);
  sample_any(job, line, first, end - first, out);
}

Kernel fastest() { return &sample_by_fours; }
#else
Kernel fastest() { return &sample_any; }
#endif

/// A line of the upright picture as a line of the stored one.
SampleLine in_stored(SampleLine line, const image::Planes& planes) {
  const base::ImageSize size = planes.size();
  if (planes.orientation.mirrored_x) {
    line.x = static_cast<float>(size.width_px - 1) - line.x;
    line.dx = -line.dx;
  }
  if (planes.orientation.mirrored_y) {
    line.y = static_cast<float>(size.height_px - 1) - line.y;
    line.dy = -line.dy;
  }
  if (!planes.orientation.transposed) return line;
  std::swap(line.x, line.y);
  std::swap(line.dx, line.dy);
  return line;
}

void sample_by(Kernel kernel, const image::Planes& planes, const Region& region, Border border,
               float low, float high, std::size_t side, std::span<float> out) {
  assert(out.size() == side * side * 3);
  const Job job{planes,
                static_cast<float>(planes.stored.width_px - 1),
                static_cast<float>(planes.stored.height_px - 1),
                planes.stored.height_px - 1,
                low,
                (high - low) / 255.0F,
                border == Border::black};
  for (std::size_t row = 0; row < side; ++row) {
    kernel(job, in_stored(sample_line(region, side, row), planes), 0, side,
           out.data() + row * side * 3);
  }
}

}  // namespace

void sample_planes(const image::Planes& planes, const Region& region, Border border, float low,
                   float high, std::size_t side, std::span<float> out) {
  static const Kernel kFastest = fastest();
  sample_by(kFastest, planes, region, border, low, high, side, out);
}

void sample_scalar(const image::Planes& planes, const Region& region, Border border, float low,
                   float high, std::size_t side, std::span<float> out) {
  sample_by(&sample_any, planes, region, border, low, high, side, out);
}

}  // namespace matside::blazepose
