#include "vision/media/picture_size.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace matside::media
