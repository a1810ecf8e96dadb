#include "practice/pose_frame_of.h"

#include <gtest/gtest.h>

#include <vector>

#include "core/base/quantity.h"

namespace matside::practice {
namespace {

constexpr base::ImageSize kPicture{640, 360};
constexpr base::ImageSize kSource{1280, 720};

blazepose::TrackedPose tracked_at(double x_px, double y_px, int quarter_turns) {
  pose::Pose pose;
  for (pose::Keypoint& k : pose.keypoints) k = {{x_px, y_px}, 0.9};
  return {pose, quarter_turns};
}

TEST(PoseFrameOf, scales_joints_to_the_pixels_of_the_source) {
  const auto frame =
      pose_frame_of(7, base::Seconds(0.28), kPicture, kSource, tracked_at(100.0, 50.0, 0));
  EXPECT_EQ(frame.frame_index, 7);
  EXPECT_EQ(frame.time.value(), 0.28);
  EXPECT_EQ(frame.image_size, kSource);
  ASSERT_TRUE(frame.pose);
  EXPECT_EQ(frame.pose->keypoints[0].position.x_px, 200.0);
  EXPECT_EQ(frame.pose->keypoints[0].position.y_px, 100.0);
}

TEST(PoseFrameOf, turns_the_size_and_keeps_the_quarter_turns_of_a_turned_picture) {
  for (const int quarter_turns : {0, 1, 2, 3}) {
    SCOPED_TRACE(quarter_turns);
    const auto frame = pose_frame_of(0, base::Seconds(0.0), kPicture, kSource,
                                     tracked_at(100.0, 50.0, quarter_turns));
    const bool across = quarter_turns % 2 == 1;
    EXPECT_EQ(frame.quarter_turns, quarter_turns);
    EXPECT_EQ(frame.image_size, (across ? base::ImageSize{720, 1280} : kSource));
  }
}

TEST(PoseFrameOf, rounds_to_the_digits_of_a_pose_table) {
  const auto frame = pose_frame_of(0, base::Seconds(0.12345678), kPicture, kPicture,
                                   tracked_at(100.123456, 50.0, 0));
  EXPECT_EQ(frame.time.value(), 0.123457);
  EXPECT_EQ(frame.pose->keypoints[0].position.x_px, 100.12);
}

TEST(PoseFrameOf, keeps_a_picture_without_a_person_as_a_frame_without_a_pose) {
  const auto frame = pose_frame_of(3, base::Seconds(1.0), kPicture, kSource, {std::nullopt, 1});
  EXPECT_FALSE(frame.pose);
  EXPECT_EQ(frame.quarter_turns, 1);
  EXPECT_EQ(frame.image_size, (base::ImageSize{720, 1280}));
}

}  // namespace
}  // namespace matside::practice
