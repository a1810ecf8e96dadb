#include "core/coaching/flexion_calibration.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/exercise.h"

namespace matside::coaching {
namespace {

using base::Degrees;
using base::Seconds;

exercise::Repetition bend(double start_s, double flexion_deg, std::size_t kicks = 1) {
  exercise::Repetition repetition;
  repetition.start = Seconds(start_s);
  repetition.greatest_bend = Degrees(flexion_deg);
  repetition.kicks.resize(kicks);
  return repetition;
}

class FlexionCalibrationTest : public ::testing::Test {
 protected:
  std::string ask(double time_s, bool at_rest = true) {
    return std::string(calibration_.ask(Seconds(time_s), at_rest).value_or(""));
  }
  FlexionCalibration calibration_{support::single_leg_kick().coaching};
};

TEST_F(FlexionCalibrationTest, asks_for_the_left_and_then_the_right_side) {
  EXPECT_EQ(ask(0.0), "bend_left");
  EXPECT_EQ(ask(1.0), "");
  calibration_.take(bend(2.0, 90.0));
  EXPECT_EQ(ask(8.0), "bend_right");
  calibration_.take(bend(9.0, 80.0));
  EXPECT_TRUE(calibration_.done());
  EXPECT_EQ(ask(20.0), "");
}

TEST_F(FlexionCalibrationTest, comfort_is_the_smaller_of_both_bends) {
  EXPECT_FALSE(calibration_.comfortable());
  (void)ask(0.0);
  calibration_.take(bend(2.0, 90.0));
  EXPECT_EQ(calibration_.comfortable()->value(), 90.0);
  (void)ask(8.0);
  calibration_.take(bend(9.0, 80.0));
  EXPECT_EQ(calibration_.comfortable()->value(), 80.0);
}

TEST_F(FlexionCalibrationTest, asks_twice_in_all_and_then_gives_up) {
  EXPECT_EQ(ask(0.0), "bend_left");
  EXPECT_EQ(ask(11.9), "");
  EXPECT_EQ(ask(12.0), "bend_left");
  EXPECT_FALSE(calibration_.given_up());
  EXPECT_EQ(ask(24.0), "");
  EXPECT_TRUE(calibration_.given_up());
  EXPECT_TRUE(calibration_.done());
  EXPECT_EQ(ask(60.0), "");
  EXPECT_FALSE(calibration_.comfortable());
}

TEST_F(FlexionCalibrationTest, gives_up_when_one_request_for_each_side_was_in_vain) {
  EXPECT_EQ(ask(0.0), "bend_left");
  EXPECT_EQ(ask(12.0), "bend_left");
  calibration_.take(bend(13.0, 90.0));
  EXPECT_EQ(ask(20.0), "bend_right");
  EXPECT_EQ(ask(32.0), "");
  EXPECT_TRUE(calibration_.given_up());
  EXPECT_EQ(calibration_.comfortable()->value(), 90.0);
}

TEST_F(FlexionCalibrationTest, is_not_given_up_when_both_bends_were_made) {
  (void)ask(0.0);
  calibration_.take(bend(1.0, 90.0));
  (void)ask(8.0);
  calibration_.take(bend(9.0, 90.0));
  EXPECT_TRUE(calibration_.done());
  EXPECT_FALSE(calibration_.given_up());
}

TEST_F(FlexionCalibrationTest, does_not_ask_while_the_person_moves) {
  EXPECT_EQ(ask(0.0, /*at_rest=*/false), "");
  EXPECT_EQ(ask(1.0), "bend_left");
}

TEST_F(FlexionCalibrationTest, takes_only_slow_bends_that_began_after_it_asked) {
  EXPECT_FALSE(calibration_.is_calibration_bend(bend(5.0, 90.0)));
  (void)ask(10.0);
  EXPECT_FALSE(calibration_.is_calibration_bend(bend(9.9, 90.0)));
  EXPECT_TRUE(calibration_.is_calibration_bend(bend(10.0, 90.0)));
  EXPECT_FALSE(calibration_.is_calibration_bend(bend(11.0, 90.0, 2))) << "two kicks";
}

TEST_F(FlexionCalibrationTest, does_not_take_one_bend_for_both_sides) {
  (void)ask(0.0);
  calibration_.take(bend(1.0, 90.0));
  EXPECT_FALSE(calibration_.is_calibration_bend(bend(1.0, 90.0)))
      << "nothing was asked for yet";
  (void)ask(6.0);
  EXPECT_FALSE(calibration_.is_calibration_bend(bend(1.0, 90.0)));
  EXPECT_TRUE(calibration_.is_calibration_bend(bend(7.0, 90.0)));
}

TEST_F(FlexionCalibrationTest, takes_the_answer_to_the_first_request_after_the_second) {
  (void)ask(0.0);
  (void)ask(100.0);
  EXPECT_TRUE(calibration_.is_calibration_bend(bend(1.0, 90.0)));
}

}  // namespace
}  // namespace matside::coaching
