#include "practice/recording/recording.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "formats/pose_csv.h"
#include "practice/following_estimator.h"
#include "practice/live_practice.h"
#include "tests/support/exercise.h"
#include "tests/support/media.h"
#include "tests/support/practice.h"
#include "vision/video/video_reader.h"

namespace matside::recording {
namespace {

using Frames = std::vector<pose::PoseFrame>;

const std::atomic<bool> kGoOn{false};

TEST(Recording, gives_the_frames_of_a_pose_table_within_the_range) {
  const Frames frames = support::saved_frames(1);
  std::string table = formats::pose_csv_header();
  for (const pose::PoseFrame& frame : frames) table += formats::pose_csv_row(frame);
  const support::MediaFolder folder;
  const auto path = folder.write("poses.csv", table);
  PracticeOptions options;
  options.poses.size = frames.front().image_size;
  options.range = {base::Seconds(1.0), base::Seconds(2.0)};
  const auto source = open(path, options, kGoOn);
  ASSERT_TRUE(source) << source.error().message;
  EXPECT_EQ(source.value()->video(), nullptr);
  Frames read;
  const auto complete = source.value()->run(
      [&](const practice::SourceFrame& frame) -> base::Result<void> {
        EXPECT_EQ(source.value()->picture(), nullptr);
        read.push_back(frame.pose);
        return {};
      },
      kGoOn);
  ASSERT_TRUE(complete && complete.value());
  ASSERT_FALSE(read.empty());
  EXPECT_GE(read.front().time.value(), 1.0);
  EXPECT_LE(read.back().time.value(), 2.0);
  EXPECT_LT(read.size(), frames.size());
}

TEST(Recording, refuses_a_range_without_frames) {
  const Frames frames = support::saved_frames(1);
  const std::string table = formats::pose_csv_header() + formats::pose_csv_row(frames.front());
  const support::MediaFolder folder;
  PracticeOptions options;
  options.poses.size = frames.front().image_size;
  options.range.from = base::Seconds(100.0);
  const auto source = open(folder.write("poses.csv", table), options, kGoOn);
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().kind, base::ErrorKind::input);
}

TEST(LiveAndRecorded, a_turned_picture_gives_frames_with_the_same_quarter_turns) {
  const std::string still = MATSIDE_SOURCE_DIR "/tests/data/parity/base_right_1.0.png";
  const support::MediaFolder folder;
  const auto video =
      folder.make("turned.mkv", {"-loop", "1", "-i", still, "-vf", "transpose=1,scale=-2:640",
                                 "-t", "1.6", "-r", "25", "-c:v", "ffv1"});
  PracticeOptions options;
  options.models.folder = std::filesystem::path(MATSIDE_BINARY_DIR) / "share/matside/models";
  const auto source = open(video, options, kGoOn);
  ASSERT_TRUE(source) << source.error().message;
  pose::PoseFrame recorded;
  const auto complete = source.value()->run(
      [&](const practice::SourceFrame& frame) -> base::Result<void> {
        recorded = frame.pose;
        EXPECT_NE(source.value()->picture(), nullptr);
        return {};
      },
      kGoOn);
  ASSERT_TRUE(complete) << complete.error().message;

  auto live = practice::LivePractice::create(support::single_leg_kick(), {});
  const auto estimator = practice::create_pose_estimator(options.models);
  auto reader = video::VideoReader::open(video);
  ASSERT_TRUE(live && estimator && reader);
  video::Frame picture;
  while (true) {
    const auto more = reader.value().read(picture);
    ASSERT_TRUE(more);
    if (!more.value()) break;
    ASSERT_TRUE(live.value().push(picture.image, picture.time, estimator.value()));
  }
  EXPECT_NE(recorded.quarter_turns, 0);
  EXPECT_EQ(live.value().last_frame().quarter_turns, recorded.quarter_turns);
  EXPECT_EQ(live.value().last_frame().image_size, recorded.image_size);
  EXPECT_EQ(live.value().last_frame().time, recorded.time);
}

}  // namespace
}  // namespace matside::recording
