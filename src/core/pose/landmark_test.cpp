#include "core/pose/landmark.h"

#include <gtest/gtest.h>

#include "core/pose/pose_frame.h"

namespace matside::pose {
namespace {

TEST(Landmark, names_and_landmarks_are_one_to_one) {
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    const auto landmark = static_cast<Landmark>(i);
    EXPECT_EQ(landmark_named(name(landmark)), landmark);
  }
  EXPECT_EQ(landmark_named("left_tail"), std::nullopt);
  EXPECT_EQ(name(Landmark::right_foot_index), "right_foot_index");
}

TEST(Landmark, on_side_gives_the_twin_of_the_same_joint) {
  EXPECT_EQ(on_side(Landmark::left_ear, Side::right), Landmark::right_ear);
  EXPECT_EQ(on_side(Landmark::left_knee, Side::right), Landmark::right_knee);
  EXPECT_EQ(on_side(Landmark::left_knee, Side::left), Landmark::left_knee);
}

TEST(Pose, a_keypoint_below_the_score_is_absent) {
  Pose pose;
  pose[Landmark::nose] = {{1.0, 2.0}, 0.4};
  EXPECT_FALSE(pose.at(Landmark::nose, 0.5).has_value());
  ASSERT_TRUE(pose.at(Landmark::nose, 0.4).has_value());
  EXPECT_FALSE(pose.at(Landmark::left_knee, 0.1).has_value());
}

}  // namespace
}  // namespace matside::pose
