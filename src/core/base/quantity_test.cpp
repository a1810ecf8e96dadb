#include "core/base/quantity.h"

#include <gtest/gtest.h>

#include <type_traits>

#include "core/base/clock_text.h"
#include "core/base/point.h"

namespace matside::base {
namespace {

TEST(Quantity, converts_between_degrees_and_radians) {
  EXPECT_DOUBLE_EQ(to_radians(Degrees(180.0)).value(), std::numbers::pi);
  EXPECT_DOUBLE_EQ(to_degrees(to_radians(Degrees(57.3))).value(), 57.3);
}

TEST(Quantity, does_not_mix_units) {
  EXPECT_FALSE((std::is_convertible_v<Degrees, Radians>));
  EXPECT_FALSE((std::is_convertible_v<double, Degrees>));
  EXPECT_FALSE((std::is_convertible_v<ImagePoint, WorldPoint>));
}

TEST(ImageVector, angle_between_is_unsigned_and_isotropic) {
  EXPECT_NEAR(angle_between({1, 0}, {0, -1}).value(), 90.0, 1e-12);
  EXPECT_NEAR(angle_between({3, 0}, {-2, 0}).value(), 180.0, 1e-12);
  EXPECT_EQ(angle_between({0, 0}, {1, 0}).value(), 0.0);
}

TEST(ClockText, CountsMinutesAndFromAnHourOnHours) {
  EXPECT_EQ(clock_text(Seconds(0.0)), "0:00");
  EXPECT_EQ(clock_text(Seconds(9.4)), "0:09");
  EXPECT_EQ(clock_text(Seconds(59.6)), "1:00");
  EXPECT_EQ(clock_text(Seconds(3599.0)), "59:59");
  EXPECT_EQ(clock_text(Seconds(3723.0)), "1:02:03");
  EXPECT_EQ(clock_text(Seconds(-0.2)), "0:00");
}

}  // namespace
}  // namespace matside::base
