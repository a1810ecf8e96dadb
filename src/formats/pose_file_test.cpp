// One file of each format, read by its content alone.
#include "formats/pose_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "formats/pose_codec.h"
#include "formats/pose_csv.h"

namespace matside::formats {
namespace {

using pose::Landmark;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr base::ImageSize kSize{640, 360};
const PoseFileHints kHints{{kSize, 25.0}, {}};

/// Two frames with a body in both.
std::vector<pose::PoseFrame> two_frames() {
  std::vector<pose::PoseFrame> frames;
  for (int i = 0; i < 2; ++i) {
    pose::PoseFrame frame{i + 3, base::Seconds(0.04 * i), kSize, pose::Pose{}};
    for (pose::Keypoint& k : frame.pose->keypoints) k = {{100.0 + i, 50.0}, 0.75};
    frame.pose->score = 0.75;
    frames.push_back(pose::rounded(frame));
  }
  return frames;
}

std::string table_of(const std::vector<pose::PoseFrame>& frames) {
  std::string text = pose_csv_header();
  for (const pose::PoseFrame& frame : frames) text += pose_csv_row(frame);
  return text;
}

std::string error_of(const std::string& text, const PoseFileHints& hints = kHints) {
  const auto read = read_pose_file(text, "poses", hints);
  return read ? "was read" : read.error().message;
}

void expect_two_frames(const base::Result<ImportedPoses>& read) {
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read.value().skeleton, "matside-poses");
  ASSERT_THAT(read.value().frames, SizeIs(2));
  const pose::PoseFrame& last = read.value().frames[1];
  EXPECT_EQ(last.frame_index, 4);
  EXPECT_EQ(last.time.value(), 0.04);
  EXPECT_EQ(last.image_size.width_px, 640);
  ASSERT_TRUE(last.pose.has_value());
  EXPECT_EQ((*last.pose)[Landmark::left_knee].position.x_px, 101.0);
  EXPECT_EQ((*last.pose)[Landmark::left_knee].score, 0.75);
}

TEST(PoseFile, OfMatsideIsReadAsTableAndAsBytes) {
  expect_two_frames(read_pose_file(table_of(two_frames()), "poses", kHints));
  expect_two_frames(read_pose_file(encode_poses(two_frames()), "poses", {}));
}

TEST(PoseFile, OfMatsideAsATableNeedsTheSizeOfThePictures) {
  const auto read = read_pose_file(table_of(two_frames()), "poses.csv", {});
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, base::ErrorKind::usage);
  EXPECT_EQ(read.error().message, missing_size_error("poses.csv").message);
}

TEST(PoseFile, OfMatsideWithErrorsIsRefusedWithTheirPlace) {
  const std::string table = table_of(two_frames());
  EXPECT_EQ(error_of(table + "5\n"), "poses: line 4: 1 fields instead of 105");
  std::vector<pose::PoseFrame> frames = two_frames();
  frames[1].pose->keypoints[0].position.x_px = 1e9;
  EXPECT_THAT(error_of(table_of(frames)), HasSubstr("nose is far outside any picture"));
  std::string bytes = encode_poses(two_frames());
  bytes.resize(bytes.size() / 2);
  EXPECT_THAT(error_of(bytes), StartsWith("poses: "));
}

TEST(PoseFile, OfOneOpenPosePictureIsRead) {
  std::string numbers;
  for (int i = 0; i < 25; ++i) numbers += std::string(i > 0 ? "," : "") + "320,90,0.5";
  const auto read =
      read_pose_file(R"({"version":1.3,"people":[{"pose_keypoints_2d":[)" + numbers + "]}]}",
                     "o.json", kHints);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read.value().skeleton, "openpose-body-25");
  ASSERT_THAT(read.value().frames, SizeIs(1));
  ASSERT_TRUE(read.value().frames[0].pose.has_value());
  EXPECT_EQ((*read.value().frames[0].pose)[Landmark::nose].position.x_px, 320.0);
  EXPECT_THAT(error_of(R"({"people":[{"pose_keypoints_2d":[1]}]})"),
              HasSubstr("poses: /people/0/pose_keypoints_2d: has 1 numbers"));
}

TEST(PoseFile, OfOtherProgramsIsReadByItsContent) {
  const std::string body = "10,20,2";
  std::string coco = body;
  for (int i = 1; i < 17; ++i) coco += "," + body;
  const std::vector<std::pair<std::string, std::string>> files = {
      {R"([{"image_id":4,"keypoints":[)" + coco + R"(],"score":0.9}])", "coco-17"},
      {R"([{"landmarks":[{"x":0.5,"y":0.25,"visibility":0.8}]}])", "mediapipe-33"},
      {R"({"frames":[{"poseLandmarks":[{"x":0.5,"y":0.25}]}]})", "mediapipe-33"},
      {"\xEF\xBB\xBFtime_s,left_knee_x,left_knee_y\n0,0.5,0.5\n", "mediapipe-33"},
      {"time_s;left_knee_x;left_knee_y\r\n0;0.5;0.5\r\n", "mediapipe-33"},
  };
  for (const auto& [text, skeleton] : files) {
    const auto read = read_pose_file(text, "poses", kHints);
    ASSERT_TRUE(read) << text << read.error().message;
    EXPECT_EQ(read.value().skeleton, skeleton) << text;
    EXPECT_THAT(read.value().frames, SizeIs(1)) << text;
  }
}

TEST(PoseFile, OfMarkersIsReadWithTheNamesThatThePersonGives) {
  const std::string text =
      "PathFileType\t4\t(X/Y/Z)\ta.trc\nDataRate\tNumMarkers\n30\t4\n"
      "Frame#\tTime\tA\t\t\tB\t\t\tC\t\t\tD\n\t\tX1\tY1\tZ1\n"
      "1\t0\t0\t1\t0\t0.5\t1\t0\t1\t1\t0\t1.5\t1\t0\n";
  PoseFileHints hints;
  hints.markers = {{"A", Landmark::left_shoulder},
                   {"B", Landmark::left_hip},
                   {"C", Landmark::left_knee},
                   {"D", Landmark::left_ankle}};
  const auto read = read_pose_file(text, "a.trc", hints);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read.value().skeleton, "markers");
  ASSERT_THAT(read.value().frames, SizeIs(1));
  ASSERT_TRUE(read.value().frames[0].pose.has_value());
  EXPECT_TRUE(pose::is_present((*read.value().frames[0].pose)[Landmark::left_knee]));
  EXPECT_THAT(error_of(text, {}), HasSubstr("no marker has a known name for"));
}

TEST(PoseFile, WithoutAFrameIsRefused) {
  EXPECT_EQ(error_of(pose_csv_header()), "poses: contains no frames");
  EXPECT_EQ(error_of("time_s,x0,y0\n"), "poses: contains no frames");
  EXPECT_EQ(error_of(encode_poses({})), "poses: contains no frames");
}

TEST(PoseFile, OfNothingOrAnythingElseIsRefused) {
  for (const std::string text : {"", " \n\t", "{}", "[1,2]", "hello", "a,b", "a b\n1 2\n",
                                 "a,b\x01\n1,2\n", R"({"schema":"matside.analysis/1"})"}) {
    EXPECT_THAT(error_of(text), StartsWith("poses: is not a pose file that Matside can read"))
        << text;
  }
}

}  // namespace
}  // namespace matside::formats
