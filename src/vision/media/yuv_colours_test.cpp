#include "vision/media/yuv_colours.h"

#include <gtest/gtest.h>

#include "vision/media/converter.h"

namespace matside::media {
namespace {

constexpr int kLastMatrix = 14;  // ICtCp

TEST(YuvColours, are_those_of_the_scaler_for_every_matrix_and_size) {
  for (int matrix = 0; matrix <= kLastMatrix; ++matrix) {
    for (const bool full_range : {false, true}) {
      for (const base::ImageSize size :
           {base::ImageSize{640, 360}, base::ImageSize{1280, 720}}) {
        ColourTags tags;
        tags.matrix = matrix;
        tags.full_range = full_range;
        const image::YuvToRgb own = yuv_to_rgb(tags, size);
        const image::YuvToRgb scaler = colours_of(scaler_matrix(tags, size), full_range);
        EXPECT_EQ(own.gain, scaler.gain) << matrix;
        EXPECT_EQ(own.red_v, scaler.red_v) << matrix;
        EXPECT_EQ(own.red_0, scaler.red_0) << matrix;
        EXPECT_EQ(own.green_u, scaler.green_u) << matrix;
        EXPECT_EQ(own.green_v, scaler.green_v) << matrix;
        EXPECT_EQ(own.green_0, scaler.green_0) << matrix;
        EXPECT_EQ(own.blue_u, scaler.blue_u) << matrix;
        EXPECT_EQ(own.blue_0, scaler.blue_0) << matrix;
      }
    }
  }
}

TEST(YuvColours, limited_range_maps_black_and_white_to_the_ends) {
  const image::YuvToRgb colours = yuv_to_rgb(ColourTags{}, {640, 360});
  const auto grey = [&](float y) {
    return colours.gain * y + colours.red_v * 128.0F + colours.red_0;
  };
  EXPECT_NEAR(grey(16.0F), 0.0F, 0.01F);
  EXPECT_NEAR(grey(235.0F), 255.0F, 0.01F);
}

}  // namespace
}  // namespace matside::media
