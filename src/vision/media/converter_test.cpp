#include "vision/media/converter.h"

#include <gtest/gtest.h>

#include <cstring>

#include "vision/image/canvas.h"

namespace matside::media {
namespace {

void expect_size(base::ImageSize actual, int width_px, int height_px) {
  EXPECT_EQ(actual.width_px, width_px);
  EXPECT_EQ(actual.height_px, height_px);
}

TEST(SquarePixelSize, the_side_with_wider_samples_grows) {
  expect_size(square_pixel_size({720, 576}, {16, 11}), 1047, 576);
  expect_size(square_pixel_size({720, 480}, {8, 9}), 720, 540);
  expect_size(square_pixel_size({64, 48}, {1, 1}), 64, 48);
}

TEST(SquarePixelSize, an_unknown_or_extreme_aspect_counts_as_square) {
  expect_size(square_pixel_size({64, 48}, {0, 1}), 64, 48);
  expect_size(square_pixel_size({64, 48}, {1, 0}), 64, 48);
  expect_size(square_pixel_size({64, 48}, {-2, 1}), 64, 48);
  expect_size(square_pixel_size({64, 48}, {9, 1}), 64, 48);
  expect_size(square_pixel_size({64, 48}, {1, 9}), 64, 48);
  expect_size(square_pixel_size({1920, 1080}, {1001, 1000}), 1920, 1080);
}

TEST(LimitSize, the_longer_side_is_scaled_to_the_limit) {
  expect_size(limit_size({3840, 2160}, 1920), 1920, 1080);
  expect_size(limit_size({2160, 3840}, 1920), 1080, 1920);
  expect_size(limit_size({1920, 1080}, 1920), 1920, 1080);
  expect_size(limit_size({10000, 2}, 100), 100, 1);
  expect_size(limit_size({3840, 2160}, 0), 3840, 2160);
}

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

}  // namespace
}  // namespace matside::media
