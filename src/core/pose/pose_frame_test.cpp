#include "core/pose/pose_frame.h"

#include <gtest/gtest.h>

#include <limits>

namespace matside::pose {
namespace {

using base::Degrees;
using base::Seconds;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(IsValid, is_a_time_that_a_clock_can_show) {
  for (const double time_s : {0.0, 5.0, 1.8e9})
    EXPECT_TRUE(is_valid(Seconds(time_s))) << time_s;
  for (const double time_s : {kNan, kInfinity, -kInfinity, 1e300, -1.0}) {
    EXPECT_FALSE(is_valid(Seconds(time_s))) << time_s;
  }
}

TEST(IsValid, is_a_keypoint_that_a_picture_can_hold) {
  EXPECT_TRUE(is_valid(Keypoint{{-40.0, 5000.0}, 0.0}));
  EXPECT_TRUE(is_valid(Keypoint{{0.0, 0.0}, 1.0}));
  for (const double odd : {kNan, kInfinity, -kInfinity, 1e300}) {
    EXPECT_FALSE(is_valid(Keypoint{{odd, 0.0}, 1.0})) << odd;
    EXPECT_FALSE(is_valid(Keypoint{{0.0, odd}, 1.0})) << odd;
    EXPECT_FALSE(is_valid(Keypoint{{0.0, 0.0}, odd})) << odd;
  }
  EXPECT_FALSE(is_valid(Keypoint{{0.0, 0.0}, -0.5}));
}

TEST(IsValid, is_a_reading_that_a_knee_can_have) {
  EXPECT_TRUE(is_valid(KneeEstimate{Degrees(-5.0), Degrees(8.0)}));
  for (const double odd : {kNan, kInfinity, -kInfinity, 1e300}) {
    EXPECT_FALSE(is_valid(KneeEstimate{Degrees(odd), Degrees(8.0)})) << odd;
    EXPECT_FALSE(is_valid(KneeEstimate{Degrees(90.0), Degrees(odd)})) << odd;
  }
  EXPECT_FALSE(is_valid(KneeEstimate{Degrees(90.0), Degrees(0.0)}));
}

TEST(IsValid, is_a_leg_with_angles_that_a_leg_can_have) {
  EXPECT_TRUE(is_valid(LegInSpace{Degrees(100.0), Degrees(-20.0), Degrees(5.0)}));
  for (const double odd : {kNan, kInfinity, -kInfinity, 361.0}) {
    EXPECT_FALSE(is_valid(LegInSpace{Degrees(odd), Degrees(), Degrees()})) << odd;
    EXPECT_FALSE(is_valid(LegInSpace{Degrees(), Degrees(odd), Degrees()})) << odd;
    EXPECT_FALSE(is_valid(LegInSpace{Degrees(), Degrees(), Degrees(odd)})) << odd;
  }
}

TEST(Rounded, keeps_what_a_table_of_poses_keeps) {
  PoseFrame frame{7, Seconds(1.23456789), {640, 360}, Pose{}};
  frame.pose->keypoints[3] = {{123.456, -0.004}, 0.98765};
  frame.pose->knees[0] = {Degrees(101.26), Degrees(0.01)};
  frame.pose->legs_in_space[1] = {Degrees(101.266), Degrees(-9.994), Degrees(0.004)};
  const PoseFrame r = rounded(frame);
  EXPECT_EQ(r.frame_index, 7);
  EXPECT_EQ(r.time.value(), 1.234568);
  EXPECT_EQ(r.pose->keypoints[3].position.x_px, 123.46);
  EXPECT_EQ(r.pose->keypoints[3].position.y_px, 0.0);
  EXPECT_EQ(r.pose->keypoints[3].score, 0.9877);
  EXPECT_EQ(r.pose->knees[0]->flexion.value(), 101.3);
  EXPECT_EQ(r.pose->knees[0]->deviation.value(), 0.1);
  EXPECT_FALSE(r.pose->knees[1].has_value());
  EXPECT_FALSE(r.pose->legs_in_space[0].has_value());
  EXPECT_EQ(r.pose->legs_in_space[1]->knee_flexion.value(), 101.27);
  EXPECT_EQ(r.pose->legs_in_space[1]->hip_flexion.value(), -9.99);
  EXPECT_EQ(r.pose->legs_in_space[1]->thigh.value(), 0.0);
}

}  // namespace
}  // namespace matside::pose
