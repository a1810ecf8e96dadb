#include "formats/imported_poses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

namespace matside::formats {
namespace {

using pose::Landmark;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

pose::PoseFrame frame(std::int64_t index, double time_s) {
  pose::PoseFrame frame;
  frame.frame_index = index;
  frame.time = base::Seconds(time_s);
  frame.image_size = {640, 360};
  return frame;
}

/// Shoulders and hips at these points, which show a lying or a standing body.
pose::Pose body(base::ImagePoint shoulders, base::ImagePoint hips) {
  pose::Pose pose;
  for (const Landmark l : {Landmark::left_shoulder, Landmark::right_shoulder}) {
    pose[l] = {shoulders, 0.9};
  }
  for (const Landmark l : {Landmark::left_hip, Landmark::right_hip}) pose[l] = {hips, 0.9};
  for (const Landmark l : {Landmark::left_knee, Landmark::right_knee, Landmark::left_ankle,
                           Landmark::right_ankle}) {
    pose[l] = {{2 * hips.x_px - shoulders.x_px, 2 * hips.y_px - shoulders.y_px}, 0.9};
  }
  pose.score = 0.9;
  return pose;
}

std::string error_of(const pose::PoseFrame& next, std::vector<pose::PoseFrame> frames) {
  const auto added = add_frame(next, "p.json: frame", frames);
  if (added) return "no error";
  EXPECT_EQ(added.error().kind, base::ErrorKind::input);
  return added.error().message;
}

TEST(AddFrame, RefusesMoreThanFourHours) {
  std::vector<pose::PoseFrame> frames(kMaxFrames);
  EXPECT_EQ(add_frame(frame(1, 0.1), "p.json: frame", frames).error().message,
            "p.json: frame: has more than 400000 frames; split the recording");
}

TEST(AddFrame, RoundsAndAppends) {
  std::vector<pose::PoseFrame> frames;
  pose::PoseFrame first = frame(0, 0.1234567);
  first.pose = body({100.123, 50.0}, {200.0, 50.0});
  ASSERT_TRUE(add_frame(first, "p", frames));
  ASSERT_TRUE(add_frame(frame(2, 0.2), "p", frames));
  ASSERT_THAT(frames, SizeIs(2));
  EXPECT_EQ(frames[0].time.value(), 0.123457);
  EXPECT_EQ((*frames[0].pose)[Landmark::left_shoulder].position.x_px, 100.12);
}

TEST(AddFrame, RefusesNumbersAndTimesThatDoNotIncrease) {
  EXPECT_THAT(error_of(frame(3, 2.0), {frame(3, 1.0)}),
              HasSubstr("frame numbers must increase"));
  EXPECT_THAT(error_of(frame(4, 1.0), {frame(3, 1.0)}), HasSubstr("times must increase"));
}

TEST(AddFrame, RefusesImpossibleTimesAndPositions) {
  EXPECT_THAT(error_of(frame(0, -1.0), {}), HasSubstr("p.json: frame: the time -1 s"));
  EXPECT_THAT(error_of(frame(0, 2e6), {}), HasSubstr("out of range"));
  pose::PoseFrame far = frame(0, 0.0);
  far.pose = body({1e9, 0.0}, {0.0, 0.0});
  EXPECT_THAT(error_of(far, {}), HasSubstr("far outside any picture"));
  far.pose = body({std::numeric_limits<double>::quiet_NaN(), 0.0}, {0.0, 0.0});
  EXPECT_NE(error_of(far, {}), "no error");
}

TEST(PersonSelector, PrefersALyingPerson) {
  PersonSelector selector;
  const pose::Pose standing = body({300.0, 50.0}, {300.0, 180.0});
  const pose::Pose lying = body({150.0, 300.0}, {230.0, 300.0});
  const auto chosen = selector.choose(std::vector{standing, lying});
  ASSERT_TRUE(chosen);
  EXPECT_EQ((*chosen)[Landmark::left_hip].position.y_px, 300.0);
}

TEST(PersonSelector, StaysWithThePersonOfTheLastPicture) {
  PersonSelector selector;
  const pose::Pose left = body({100.0, 300.0}, {180.0, 300.0});
  const pose::Pose right = body({400.0, 300.0}, {500.0, 300.0});
  ASSERT_TRUE(selector.choose(std::vector{left}));
  const auto chosen = selector.choose(std::vector{right, left});
  ASSERT_TRUE(chosen);
  EXPECT_EQ((*chosen)[Landmark::left_hip].position.x_px, 180.0);
}

TEST(PersonSelector, HasNoChoiceWithoutBodies) {
  PersonSelector selector;
  EXPECT_FALSE(selector.choose({}));
}

TEST(MissingJointWarnings, NameJointsThatNoFrameHas) {
  pose::PoseFrame seen = frame(0, 0.0);
  seen.pose = body({100.0, 50.0}, {200.0, 50.0});
  const auto without = missing_joint_warnings(std::vector{seen});
  EXPECT_THAT(without, Contains("poses_without_head"));
  EXPECT_THAT(without, Contains("poses_without_elbows"));
  (*seen.pose)[Landmark::left_elbow] = {{1.0, 1.0}, 0.9};
  EXPECT_THAT(missing_joint_warnings(std::vector{seen}), Not(Contains("poses_without_elbows")));
}

TEST(MissingJointWarnings, AreEmptyWithoutAnyPose) {
  EXPECT_THAT(missing_joint_warnings(std::vector{frame(0, 0.0)}), IsEmpty());
}

TEST(MeanScore, IsOfTheJointsThatArePresent) {
  pose::Pose pose;
  EXPECT_EQ(mean_score(pose), 0.0);
  pose[Landmark::nose] = {{1.0, 1.0}, 0.5};
  pose[Landmark::left_hip] = {{1.0, 1.0}, 1.0};
  EXPECT_DOUBLE_EQ(mean_score(pose), 0.75);
}

TEST(MissingValues, NameFileAndOption) {
  EXPECT_EQ(missing_size_error("p.csv").kind, base::ErrorKind::usage);
  EXPECT_THAT(missing_size_error("p.csv").message, HasSubstr("p.csv"));
  EXPECT_THAT(missing_rate_error("p.csv").message, HasSubstr("--"));
}

}  // namespace
}  // namespace matside::formats
