#include "formats/regular_frames.h"

#include <gtest/gtest.h>

#include <cmath>

namespace matside::formats {
namespace {

using base::Seconds;

constexpr auto kKnee = pose::Landmark::left_knee;

/// A knee that moves 100 pixels a second.
pose::PoseFrame moving_knee(std::int64_t index, double time_s, double score = 1.0) {
  pose::PoseFrame frame;
  frame.frame_index = index;
  frame.time = Seconds(time_s);
  frame.image_size = {640, 360};
  frame.pose.emplace();
  (*frame.pose)[kKnee] = {{100.0 + 100.0 * time_s, 50.0}, score};
  return frame;
}

double x_of(const pose::PoseFrame& frame) { return (*frame.pose)[kKnee].position.x_px; }

TEST(RegularFrames, StayWhereTheirTimesAreOnlyRounded) {
  std::vector<pose::PoseFrame> frames;
  for (int i = 0; i < 100; ++i) {
    frames.push_back(moving_knee(7 + i, std::round(1000.0 * i / 30.0) / 1000.0));
  }
  const RegularFrames regular = at_equal_intervals(frames);
  EXPECT_FALSE(regular.resampled);
  EXPECT_NEAR(regular.rate_hz, 30.0, 0.01);
  ASSERT_EQ(regular.frames.size(), 100U);
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(regular.frames[i].frame_index, frames[i].frame_index);
    EXPECT_EQ(x_of(regular.frames[i]), x_of(frames[i]));
    EXPECT_NEAR(regular.frames[i].time.value(), static_cast<double>(i) / regular.rate_hz, 1e-9);
  }
}

TEST(RegularFrames, AreInterpolatedWhereTimesAreIrregular) {
  std::vector<pose::PoseFrame> frames;
  std::int64_t index = 0;
  for (int i = 0; i <= 60; ++i) {
    if (i % 7 != 3) frames.push_back(moving_knee(index++, 0.5 + i / 30.0));  // some are dropped
  }
  const RegularFrames regular = at_equal_intervals(frames);
  EXPECT_TRUE(regular.resampled);
  EXPECT_NEAR(regular.rate_hz, 30.0, 1e-6);
  ASSERT_EQ(regular.frames.size(), 61U);
  for (std::size_t i = 0; i < regular.frames.size(); ++i) {
    const double time_s = 0.5 + static_cast<double>(i) / 30.0;
    EXPECT_NEAR(regular.frames[i].time.value(), time_s, 1e-6);
    ASSERT_TRUE(regular.frames[i].pose) << i;
    EXPECT_NEAR(x_of(regular.frames[i]), 100.0 + 100.0 * time_s, 1e-4) << i;
    EXPECT_EQ(regular.frames[i].frame_index, static_cast<std::int64_t>(i));
  }
}

TEST(RegularFrames, InventNoJointAcrossAGapOrWhereItWasNotSeen) {
  std::vector<pose::PoseFrame> frames;
  for (int i = 0; i <= 10; ++i) frames.push_back(moving_knee(i, 0.1 * i));
  for (int i = 16; i <= 20; ++i) frames.push_back(moving_knee(i, 0.1 * i));
  frames[4] = moving_knee(4, 0.44, 0.0);
  const RegularFrames regular = at_equal_intervals(frames);
  ASSERT_EQ(regular.frames.size(), 21U);
  for (const std::size_t gap : {11U, 12U, 13U, 14U, 15U}) {
    EXPECT_FALSE(regular.frames[gap].pose) << gap;
  }
  EXPECT_EQ((*regular.frames[4].pose)[kKnee].score, 0.0);
  EXPECT_GT((*regular.frames[2].pose)[kKnee].score, 0.0);
}

TEST(RegularFrames, OfASinglePictureAreThatPicture) {
  const RegularFrames regular = at_equal_intervals({moving_knee(0, 0.0)});
  EXPECT_EQ(regular.frames.size(), 1U);
  EXPECT_FALSE(regular.resampled);
}

}  // namespace
}  // namespace matside::formats
