#include "formats/pose_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "formats/xz.h"

namespace matside::formats {
namespace {

using ::testing::HasSubstr;

std::vector<pose::PoseFrame> some_frames(int count) {
  std::mt19937 random(7);
  std::normal_distribution<double> noise(0.0, 1.0);
  std::vector<pose::PoseFrame> frames;
  for (int i = 0; i < count; ++i) {
    pose::PoseFrame frame{i, base::Seconds(i / 25.0), {640, 360}, std::nullopt};
    if (i % 10 != 3) {
      pose::Pose& pose = frame.pose.emplace();
      pose.by_eye = i % 2 == 0;
      pose.score = 0.9;
      for (std::size_t k = 0; k < pose::kLandmarkCount; ++k) {
        pose.keypoints[k] = {
            {20.0 * static_cast<double>(k) + noise(random), 180.0 + noise(random)},
            0.9 + 0.01 * std::abs(std::fmod(noise(random), 1.0))};
      }
      if (i % 4 != 0) pose.knees[1] = {base::Degrees(-3.2), base::Degrees(4.1)};
    }
    frames.push_back(pose::rounded(frame));
  }
  return frames;
}

TEST(PoseStream, GivesBackLegsInSpaceAndIsAnOlderVersionWithoutThem) {
  auto frames = some_frames(20);
  EXPECT_THAT(encode_poses(frames), ::testing::StartsWith("matside.poses/1\n"));
  const pose::LegInSpace leg{base::Degrees(101.27), base::Degrees(-9.99), base::Degrees(0.5)};
  for (pose::PoseFrame& frame : frames) {
    if (frame.pose && frame.frame_index != 5) frame.pose->legs_in_space[1] = leg;
  }
  const std::string bytes = encode_poses(frames);
  EXPECT_THAT(bytes, ::testing::StartsWith("matside.poses/2\n"));
  const auto read = decode_poses(bytes, "poses");
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read.value().size(), frames.size());
  for (std::size_t i = 0; i < frames.size(); ++i) {
    ASSERT_EQ(read.value()[i].pose.has_value(), frames[i].pose.has_value());
    if (!frames[i].pose) continue;
    const auto& after = read.value()[i].pose->legs_in_space;
    EXPECT_FALSE(after[0]);
    ASSERT_EQ(after[1].has_value(), frames[i].pose->legs_in_space[1].has_value()) << i;
    if (!after[1]) continue;
    EXPECT_EQ(after[1]->knee_flexion, leg.knee_flexion);
    EXPECT_EQ(after[1]->hip_flexion, leg.hip_flexion);
    EXPECT_EQ(after[1]->thigh, leg.thigh);
  }
}

TEST(PoseStream, GivesBackWhatTheEngineJudgesByBitForBit) {
  const auto frames = some_frames(50);
  const auto read = decode_poses(encode_poses(frames), "poses");
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read.value().size(), frames.size());
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const pose::PoseFrame& before = frames[i];
    const pose::PoseFrame& after = read.value()[i];
    EXPECT_EQ(after.frame_index, before.frame_index);
    EXPECT_EQ(after.time, before.time);
    EXPECT_EQ(after.image_size.width_px, 640);
    ASSERT_EQ(after.pose.has_value(), before.pose.has_value());
    if (!before.pose) continue;
    EXPECT_EQ(after.pose->by_eye, before.pose->by_eye);
    for (const auto landmark :
         {pose::Landmark::nose, pose::Landmark::right_ankle, pose::Landmark::left_elbow}) {
      EXPECT_EQ((*after.pose)[landmark].position.x_px, (*before.pose)[landmark].position.x_px);
      EXPECT_EQ((*after.pose)[landmark].score, (*before.pose)[landmark].score);
    }
    EXPECT_NEAR((*after.pose)[pose::Landmark::left_heel].position.x_px,
                (*before.pose)[pose::Landmark::left_heel].position.x_px, 0.5);
    EXPECT_EQ((*after.pose)[pose::Landmark::left_thumb].score, 0.0);
    ASSERT_EQ(after.pose->knees[1].has_value(), before.pose->knees[1].has_value());
    if (before.pose->knees[1]) {
      EXPECT_EQ(after.pose->knees[1]->flexion, before.pose->knees[1]->flexion);
    }
  }
}

TEST(PoseStream, LeavesOutWhatIsNoNumber) {
  auto frames = some_frames(3);
  frames[1].time = base::Seconds(std::numeric_limits<double>::quiet_NaN());
  frames[2].pose->keypoints[0].position.x_px = std::numeric_limits<double>::infinity();
  const auto read = decode_poses(encode_poses(frames), "poses");
  ASSERT_TRUE(read);
  ASSERT_EQ(read.value().size(), 2U);
  EXPECT_FALSE(read.value()[1].pose);
  EXPECT_TRUE(decode_poses(encode_poses({}), "poses").value().empty());
}

TEST(PoseStream, RefusesWhatIsNoPoseStream) {
  EXPECT_THAT(decode_poses("frame,t_s", "poses").error().message,
              HasSubstr("poses: this is not a Matside pose stream"));
  EXPECT_THAT(
      decode_poses("matside.poses/1\n" + xz_compressed("12345"), "poses").error().message,
      HasSubstr("damaged"));
  // A picture of no size.
  EXPECT_FALSE(
      decode_poses("matside.poses/1\n" + xz_compressed(std::string(10'000, '\0')), "p"));
  const std::string whole = encode_poses(some_frames(20));
  EXPECT_FALSE(decode_poses(whole.substr(0, whole.size() / 2), "poses"));
}

}  // namespace
}  // namespace matside::formats
