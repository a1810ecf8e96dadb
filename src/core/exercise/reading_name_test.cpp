#include "core/exercise/reading_name.h"

#include <gtest/gtest.h>

namespace matside::exercise {
namespace {

TEST(ReadingName, is_the_id_without_its_unit) {
  EXPECT_EQ(reading_name("thigh_lift_deg"), "Thigh lift");
  EXPECT_EQ(reading_name("hold_s"), "Hold");
  EXPECT_EQ(reading_name("hip_rise_thigh_lengths"), "Hip rise");
  EXPECT_EQ(reading_name("_s"), " s");
}

TEST(ReadingText, has_the_digits_that_say_something_and_the_unit) {
  EXPECT_EQ(reading_text(12.4, "deg"), "12 degrees");
  EXPECT_EQ(reading_text(1.2, "deg"), "1 degree");
  EXPECT_EQ(reading_text(-1.2, "deg"), "-1 degrees");
  EXPECT_EQ(reading_text(2.14, "s"), "2.1 s");
  EXPECT_EQ(reading_text(0.0712, "thigh_length"), "0.07 thigh lengths");
  EXPECT_EQ(reading_text(3.0, "count"), "3.0");
}

TEST(ReadingText, has_no_sign_before_zero) {
  EXPECT_EQ(reading_text(-0.001, "thigh_length"), "0.00 thigh lengths");
  EXPECT_EQ(reading_text(-0.3, "deg"), "0 degrees");
}

}  // namespace
}  // namespace matside::exercise
