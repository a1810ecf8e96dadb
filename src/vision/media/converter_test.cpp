#include "vision/media/converter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "vision/image/canvas.h"
#include "vision/image/scaled_planes.h"

namespace matside::media {
namespace {

/// An out-of-range value, as in a hostile file.
template <class Enumerator>
void set(Enumerator& enumerator, int number) {
  std::memcpy(&enumerator, &number, sizeof number);
}

TEST(ColourTags, invalid_code_points_become_unspecified) {
  const FramePtr frame(av_frame_alloc());
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = 64;
  frame->height = 48;
  set(frame->chroma_location, 33);
  set(frame->colorspace, -1);
  set(frame->color_primaries, 1000);
  set(frame->color_trc, 99);
  set(frame->color_range, 77);
  const ColourTags tags = colour_tags(*frame);
  EXPECT_EQ(tags.chroma_location, 0);
  EXPECT_EQ(tags.matrix, 2);
  EXPECT_EQ(tags.primaries, 2);
  EXPECT_EQ(tags.transfer, 2);
  EXPECT_FALSE(tags.full_range);
}

TEST(ColourTags, colours_survive_conversion_by_a_matrix_and_back) {
  for (const int matrix : {SWS_CS_ITU601, SWS_CS_ITU709, SWS_CS_BT2020}) {
    for (const bool full_range : {false, true}) {
      const image::YuvToRgb c = colours_of(matrix, full_range);
      const image::RgbToYuv stored = image::rgb_to_yuv(c);
      const auto number = [](const image::RgbToYuv::Coefficients& s, float r, float g,
                             float b) {
        return s.red * r + s.green * g + s.blue * b + s.added;
      };
      const float y = number(stored.y, 10.0F, 200.0F, 90.0F);
      const float u = number(stored.u, 10.0F, 200.0F, 90.0F);
      const float v = number(stored.v, 10.0F, 200.0F, 90.0F);
      EXPECT_NEAR(c.gain * y + c.red_v * v + c.red_0, 10.0F, 0.01F);
      EXPECT_NEAR(c.gain * y + c.green_u * u + c.green_v * v + c.green_0, 200.0F, 0.01F);
      EXPECT_NEAR(c.gain * y + c.blue_u * u + c.blue_0, 90.0F, 0.01F);
      EXPECT_NEAR(number(stored.y, 255.0F, 255.0F, 255.0F), full_range ? 255.0F : 235.0F,
                  0.01F);
      EXPECT_NEAR(number(stored.u, 255.0F, 255.0F, 255.0F), 128.0F, 0.01F);
    }
  }
}

/// A picture with much detail, in the scaler's own alignment.
FramePtr noise(base::ImageSize size) {
  FramePtr frame(av_frame_alloc());
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = size.width_px;
  frame->height = size.height_px;
  EXPECT_GE(av_frame_get_buffer(frame.get(), 0), 0);
  unsigned seed = 1;
  for (int plane = 0; plane < 3; ++plane) {
    const int rows = plane == 0 ? size.height_px : (size.height_px + 1) / 2;
    for (int i = 0; i < rows * frame->linesize[plane]; ++i) {
      seed = seed * 1664525U + 1013904223U;
      frame->data[plane][i] = static_cast<std::uint8_t>(seed >> 24U);
    }
  }
  return frame;
}

/// The largest difference between two planes of that size.
int difference(const std::uint8_t* a, int a_stride, const std::uint8_t* b, int b_stride,
               base::ImageSize size) {
  int most = 0;
  for (int y = 0; y < size.height_px; ++y) {
    for (int x = 0; x < size.width_px; ++x) {
      most = std::max(most, std::abs(a[y * a_stride + x] - b[y * b_stride + x]));
    }
  }
  return most;
}

TEST(Converter, scales_planes_as_a_browser_does) {
  const FramePtr frame = noise({384, 216});
  image::Planes stored;
  stored.y = frame->data[0];
  stored.u = frame->data[1];
  stored.v = frame->data[2];
  stored.y_stride_bytes = frame->linesize[0];
  stored.uv_stride_bytes = frame->linesize[1];
  stored.stored = {384, 216};
  for (const base::ImageSize size :
       {base::ImageSize{192, 108}, base::ImageSize{250, 142}, base::ImageSize{512, 216}}) {
    Converter converter(size, {});
    image::Planes planes;
    const auto made =
        converter.reference_planes(*frame, {size.width_px * 216, size.height_px * 384}, planes);
    ASSERT_TRUE(made.ok() && made.value());
    std::vector<std::uint8_t> memory;
    const image::Planes own = image::scaled_planes(stored, size, memory);
    const base::ImageSize chroma = image::chroma_size(size);
    constexpr int kMost = 2;
    EXPECT_LE(difference(own.y, own.y_stride_bytes, planes.y, planes.y_stride_bytes, size),
              kMost);
    EXPECT_LE(difference(own.u, own.uv_stride_bytes, planes.u, planes.uv_stride_bytes, chroma),
              kMost);
    EXPECT_LE(difference(own.v, own.uv_stride_bytes, planes.v, planes.uv_stride_bytes, chroma),
              kMost);
  }
}

}  // namespace
}  // namespace matside::media
