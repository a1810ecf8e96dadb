#include "formats/generic_pose_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace matside::formats {
namespace {

using pose::Landmark;
using ::testing::SizeIs;

const PoseHints kHints{base::ImageSize{640, 360}, 25.0};

std::vector<pose::PoseFrame> frames_of(const std::string& text,
                                       const PoseHints& hints = kHints) {
  const auto read = read_pose_table(text, "t.csv", hints);
  EXPECT_TRUE(read) << read.error().message;
  return read ? read.value().frames : std::vector<pose::PoseFrame>();
}

base::Error error_of(const std::string& text, const PoseHints& hints = kHints) {
  const auto read = read_pose_table(text, "t.csv", hints);
  return read ? base::Error{base::ErrorKind::output, "was read"} : read.error();
}

TEST(GenericPoseTable, MayHaveOneJointInARow) {
  const auto frames = frames_of(
      "frame,landmark,x,y,visibility\n"
      "7,left_knee,0.5,0.25,0.8\n7,RIGHT_KNEE,0.75,0.5,1.5\n7,tail,0.1,0.1,1\n"
      "7,left_hip,,0.5,1\n8,25,0.25,0.25,\n");
  ASSERT_THAT(frames, SizeIs(2));
  EXPECT_EQ(frames[0].frame_index, 7);
  EXPECT_EQ(frames[0].time.value(), 7.0 / 25.0);
  ASSERT_TRUE(frames[0].pose.has_value());
  const pose::Pose& first = *frames[0].pose;
  EXPECT_EQ(first[Landmark::left_knee].position.x_px, 320.0);
  EXPECT_EQ(first[Landmark::left_knee].position.y_px, 90.0);
  EXPECT_EQ(first[Landmark::left_knee].score, 0.8);
  EXPECT_EQ(first[Landmark::right_knee].score, 1.0) << "scores end at 1";
  EXPECT_FALSE(pose::is_present(first[Landmark::left_hip]));
  EXPECT_FALSE(frames[1].pose.has_value()) << "a joint without a score isn't seen";
}

TEST(GenericPoseTable, WithOneJointInARowNeedsAFrameOrATime) {
  EXPECT_EQ(error_of("landmark,x,y\nleft_knee,0.5,0.5\n").message,
            "t.csv: line 2: a table with one joint per row needs a column named frame or time");
  EXPECT_EQ(error_of("time,landmark,x,y\n,left_knee,0.5,0.5\n").message,
            "t.csv: line 2: a table with one joint per row needs a column named frame or time");
  const auto frames =
      frames_of("time,landmark,x,y\n0,0,0.5,0.5\n0,1,0.5,0.5\n0.1,0,0.25,0.5\n");
  ASSERT_THAT(frames, SizeIs(2));
  EXPECT_EQ(frames[1].time.value(), 0.1);
}

TEST(GenericPoseTable, TakesSizesFromItsColumnsBeforeTheHints) {
  const std::string row = "time_s,image_width,image_height,left_knee_x,left_knee_y\n";
  EXPECT_EQ(frames_of(row + "0,1000,500,0.5,0.5\n").at(0).image_size.width_px, 1000);
  for (const std::string size : {",", "0,0", "-5,500", "1e9,500"}) {
    const auto frames = frames_of(row + "0," + size + ",0.5,0.5\n");
    ASSERT_THAT(frames, SizeIs(1));
    EXPECT_EQ(frames[0].image_size.width_px, 640) << size;
    EXPECT_EQ(frames[0].image_size.height_px, 360) << size;
  }
}

TEST(GenericPoseTable, AsksForTheSizeOrRateThatItLacks) {
  const base::Error size = error_of("time_s,x0,y0\n0,0.5,0.5\n", {});
  EXPECT_EQ(size.kind, base::ErrorKind::usage);
  EXPECT_EQ(size.message, missing_size_error("t.csv").message);
  const base::Error rate = error_of("frame,x0,y0\n0,0.5,0.5\n", {kHints.size, {}});
  EXPECT_EQ(rate.kind, base::ErrorKind::usage);
  EXPECT_EQ(rate.message, missing_rate_error("t.csv").message);
}

TEST(GenericPoseTable, RecognisesMillisecondsByTheirSteps) {
  const auto milliseconds = frames_of("time,x0,y0\n0,0.5,0.5\n40,0.5,0.5\n80,0.5,0.5\n");
  ASSERT_THAT(milliseconds, SizeIs(3));
  EXPECT_EQ(milliseconds[2].time.value(), 0.08);
  const auto seconds = frames_of("time,x0,y0\n0,0.5,0.5\n0.04,0.5,0.5\n0.08,0.5,0.5\n");
  ASSERT_THAT(seconds, SizeIs(3));
  EXPECT_EQ(seconds[2].time.value(), 0.08);
}

TEST(GenericPoseTable, NumbersRowsThatHaveNoNumber) {
  const auto frames = frames_of("x1,y1,x33,y33\n0.5,0.5,0.1,0.1\n0.5,0.5,0.1,0.1\n");
  ASSERT_THAT(frames, SizeIs(2));
  EXPECT_EQ(frames[1].frame_index, 1);
  EXPECT_EQ(frames[1].time.value(), 0.04);
  EXPECT_TRUE(pose::is_present((*frames[0].pose)[Landmark::nose])) << "joints count from 1";
}

TEST(GenericPoseTable, HasNoPoseWhereARowIsEmpty) {
  const auto frames = frames_of("frame,x0,y0\n0,0.5,0.5\n1,,\n2,0.5,\n");
  ASSERT_THAT(frames, SizeIs(3));
  EXPECT_TRUE(frames[0].pose.has_value());
  EXPECT_FALSE(frames[1].pose.has_value());
  EXPECT_FALSE(frames[2].pose.has_value());
}

TEST(GenericPoseTable, ReadsKneesAndRefusesImpossibleOnes) {
  const std::string header =
      "time_s,left_knee_x,left_knee_y,left_knee_flexion_deg,left_knee_flexion_sd_deg,"
      "right_knee_flexion_deg,right_knee_flexion_sd_deg\n";
  const auto frames = frames_of(header + "0,0.5,0.5,90.5,3.2,,\n0.1,0.5,0.5,,3,45,\n");
  ASSERT_THAT(frames, SizeIs(2));
  ASSERT_TRUE(frames[0].pose && frames[0].pose->knees[0]);
  EXPECT_EQ(frames[0].pose->knees[0]->flexion.value(), 90.5);
  EXPECT_EQ(frames[0].pose->knees[0]->deviation.value(), 3.2);
  EXPECT_FALSE(frames[0].pose->knees[1]);
  ASSERT_TRUE(frames[1].pose.has_value());
  EXPECT_FALSE(frames[1].pose->knees[0] || frames[1].pose->knees[1]) << "each needs both";
  EXPECT_EQ(error_of(header + "0,0.5,0.5,9000,3.2,,\n").message,
            "t.csv: line 2: the knee flexion is outside the possible range");
  EXPECT_EQ(error_of(header + "0,0.5,0.5,90,0,,\n").message,
            "t.csv: line 2: the knee flexion is outside the possible range");
}

}  // namespace
}  // namespace matside::formats
