#include "vision/blazepose/region.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace matside::blazepose {
namespace {

TEST(Region, around_a_body_has_its_head_end_straight_above_the_middle) {
  const base::ImagePoint middle{100.0, 80.0};
  for (const base::ImagePoint end :
       {base::ImagePoint{100.0, 40.0}, {160.0, 80.0}, {70.0, 130.0}}) {
    const Region region = region_around(middle, end);
    EXPECT_NEAR(region.side_px, 2.5 * base::length(end - middle), 1e-9);
    const auto top = region.to_picture(0.5, 0.1);  // 0.4 of the side above the middle
    EXPECT_NEAR(top.x_px, end.x_px, 1e-9);
    EXPECT_NEAR(top.y_px, end.y_px, 1e-9);
  }
  EXPECT_NEAR(region_around(middle, {100.0, 40.0}).turn.value(), 0.0, 1e-12);
  EXPECT_NEAR(region_around(middle, {160.0, 80.0}).turn.value(), std::numbers::pi / 2, 1e-12);
}

TEST(Region, of_the_whole_picture_is_the_square_around_it) {
  const Region region = whole_picture_region({640, 360}, base::Radians(0.0));
  EXPECT_EQ(region.to_picture(0.0, 0.5).x_px, 0.0);
  EXPECT_EQ(region.to_picture(1.0, 0.5).x_px, 640.0);
  EXPECT_EQ(region.to_picture(0.0, 0.0).y_px, -140.0);
}

}  // namespace
}  // namespace matside::blazepose
