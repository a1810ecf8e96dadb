#include "vision/image/transform.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace matside::image {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

/// A row of two pixels: red, blue.
const Image kRedBlue{{2, 1}, {255, 0, 0, 0, 0, 255}};

TEST(ToRgbImage, turns_clockwise_by_quarter_turns) {
  EXPECT_EQ(to_rgb_image(kRedBlue, 0).rgb, kRedBlue.rgb);
  const Image once = to_rgb_image(kRedBlue, 1);
  EXPECT_EQ(once.size, (base::ImageSize{1, 2}));
  EXPECT_THAT(once.rgb, ElementsAre(255, 0, 0, 0, 0, 255));
  EXPECT_THAT(to_rgb_image(kRedBlue, 2).rgb, ElementsAre(0, 0, 255, 255, 0, 0));
  EXPECT_THAT(to_rgb_image(kRedBlue, 3).rgb, ElementsAre(0, 0, 255, 255, 0, 0));
  EXPECT_EQ(to_rgb_image(kRedBlue, 3).size, (base::ImageSize{1, 2}));
}

TEST(ToRgbImage, converts_planes_with_their_colours_and_orientation) {
  // Grey planes, mirrored: light, dark.
  const std::array<std::uint8_t, 8> y{200, 10, 200, 10, 0, 0, 0, 0};
  const std::array<std::uint8_t, 5> grey{128, 0, 0, 0, 0};
  Planes planes;
  planes.y = y.data();
  planes.u = grey.data();
  planes.v = grey.data();
  planes.y_stride_bytes = 2;
  planes.uv_stride_bytes = 1;
  planes.stored = {2, 2};
  planes.orientation = {false, true, false};
  planes.colours = {1.0F, 1.4F, -1.4F * 128, -0.3F, -0.7F, 128.0F, 1.8F, -1.8F * 128};
  EXPECT_THAT(to_rgb_image(planes, 0).rgb,
              ElementsAre(10, 10, 10, 200, 200, 200, 10, 10, 10, 200, 200, 200));
}

TEST(ScaledPicture, averages_the_area_that_each_new_pixel_covers) {
  const Image three{{3, 1}, {0, 0, 0, 90, 90, 90, 30, 30, 30}};
  EXPECT_THAT(scaled(three, {0, 0, {3, 1}}, {1, 1}).rgb, Each(40));
  EXPECT_THAT(scaled(three, {1, 0, {2, 1}}, {2, 1}).rgb, ElementsAre(90, 90, 90, 30, 30, 30));
  // Each new pixel covers one and a half.
  EXPECT_THAT(scaled(three, {0, 0, {3, 1}}, {2, 1}).rgb, ElementsAre(30, 30, 30, 50, 50, 50));
  EXPECT_THAT(scaled(three, {2, 0, {1, 1}}, {2, 2}).rgb, Each(30));
}

}  // namespace
}  // namespace matside::image
