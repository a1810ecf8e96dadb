#include "practice/analysis.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <string>
#include <vector>

#include "formats/pose_csv.h"
#include "practice/live_practice.h"
#include "tests/support/exercise.h"
#include "tests/support/media.h"
#include "tests/support/practice.h"
#include "vision/video/video_reader.h"

namespace matside::practice {
namespace {

using Frames = std::vector<pose::PoseFrame>;

const std::atomic<bool> kGoOn{false};

Frames simulated_frames(int repetitions) {
  support::Practice practice;
  practice.steps = support::alternating(repetitions);
  Frames frames = support::perform(practice).frames;
  for (pose::PoseFrame& frame : frames) frame = pose::rounded(frame);
  return frames;
}

/// Frames from memory.
class FrameList : public Source {
 public:
  explicit FrameList(Frames frames) : frames_(std::move(frames)) {
    info_.path = "frames";
    info_.pose_model = "simulated";
    info_.size = frames_.front().image_size;
  }
  [[nodiscard]] const SourceInfo& info() const override { return info_; }
  [[nodiscard]] const video::VideoInfo* video() const override { return nullptr; }
  base::Result<bool> run(const OnFrame& on_frame, const std::atomic<bool>& stop) override {
    for (const pose::PoseFrame& frame : frames_) {
      if (stop) return false;
      if (auto taken = on_frame({frame, nullptr, std::nullopt}); !taken) return taken.error();
    }
    return true;
  }
  [[nodiscard]] std::vector<std::string> warnings() const override {
    return {"input_truncated"};
  }

 private:
  Frames frames_;
  SourceInfo info_;
};

TEST(Analyse, counts_the_repetitions_of_a_source_and_reports_its_details) {
  FrameList source(simulated_frames(4));
  const auto record = analyse(source, support::single_leg_kick(), 1, /*on_frame=*/{}, kGoOn);
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_TRUE(record.value().complete);
  EXPECT_EQ(record.value().analysis.counts.left, 2);
  EXPECT_EQ(record.value().analysis.counts.right, 2);
  EXPECT_EQ(record.value().source.path, "frames");
  EXPECT_EQ(record.value().pose_model, "simulated");
  EXPECT_EQ(record.value().exercise_id, "single-leg-kick");
  EXPECT_EQ(record.value().analysis.warnings.back().id, "input_truncated");
}

TEST(Analyse, covers_the_time_of_the_last_frame_too) {
  Frames frames = simulated_frames(1);
  frames.resize(3);
  for (std::size_t i = 0; i < 3; ++i)
    frames[i].time = base::Seconds(0.5 * static_cast<double>(i));
  FrameList source(frames);
  const auto record = analyse(source, support::single_leg_kick(), 1, {}, kGoOn);
  ASSERT_TRUE(record);
  EXPECT_EQ(record.value().source.frames, 3);
  EXPECT_DOUBLE_EQ(record.value().source.duration.value(), 1.5);
}

TEST(Analyse, ends_early_without_an_error_when_it_is_stopped) {
  FrameList source(simulated_frames(4));
  std::atomic<bool> stop{false};
  std::int64_t frames = 0;
  const auto record = analyse(
      source, support::single_leg_kick(), 1,
      [&](const AnalysedFrame&) -> base::Result<void> {
        stop = ++frames == 100;
        return {};
      },
      stop);
  ASSERT_TRUE(record);
  EXPECT_FALSE(record.value().complete);
  EXPECT_EQ(record.value().source.frames, 100);
}

TEST(Analyse, fails_with_the_error_of_the_callback) {
  FrameList source(simulated_frames(1));
  const auto record = analyse(
      source, support::single_leg_kick(), 1,
      [](const AnalysedFrame&) -> base::Result<void> {
        return base::Error{base::ErrorKind::output, "the disk is full"};
      },
      kGoOn);
  ASSERT_FALSE(record);
  EXPECT_EQ(record.error().message, "the disk is full");
}

TEST(Analyse, refuses_a_level_that_the_exercise_does_not_have) {
  FrameList source(simulated_frames(1));
  const auto record = analyse(source, support::single_leg_kick(), 9, {}, kGoOn);
  ASSERT_FALSE(record);
  EXPECT_EQ(record.error().kind, base::ErrorKind::usage);
}

TEST(OpenSource, gives_the_frames_of_a_pose_table_within_the_range) {
  const Frames frames = simulated_frames(1);
  std::string table = formats::pose_csv_header();
  for (const pose::PoseFrame& frame : frames) table += formats::pose_csv_row(frame);
  const support::MediaFolder folder;
  const auto path = folder.write("poses.csv", table);
  PracticeOptions options;
  options.poses.size = frames.front().image_size;
  options.range = {base::Seconds(1.0), base::Seconds(2.0)};
  const auto source = open_source(path, options, kGoOn);
  ASSERT_TRUE(source) << source.error().message;
  EXPECT_EQ(source.value()->video(), nullptr);
  Frames read;
  const auto complete = source.value()->run(
      [&](const SourceFrame& frame) -> base::Result<void> {
        EXPECT_EQ(frame.picture, nullptr);
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

TEST(OpenSource, refuses_a_range_without_frames) {
  const Frames frames = simulated_frames(1);
  const std::string table = formats::pose_csv_header() + formats::pose_csv_row(frames.front());
  const support::MediaFolder folder;
  PracticeOptions options;
  options.poses.size = frames.front().image_size;
  options.range.from = base::Seconds(100.0);
  const auto source = open_source(folder.write("poses.csv", table), options, kGoOn);
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().kind, base::ErrorKind::input);
}

TEST(LiveAndRecorded, a_turned_picture_gives_frames_with_the_same_quarter_turns) {
  const std::filesystem::path still =
      std::string(MATSIDE_SOURCE_DIR) + "/tests/data/parity/base_right_1.0.png";
  const support::MediaFolder folder;
  const auto video = folder.make(
      "turned.mkv", {"-loop", "1", "-i", still.string(), "-vf", "transpose=1,scale=-2:640",
                     "-t", "1.6", "-r", "25", "-c:v", "ffv1"});
  PracticeOptions options;
  options.models.folder = std::filesystem::path(MATSIDE_BINARY_DIR) / "share/matside/models";
  const auto source = open_source(video, options, kGoOn);
  ASSERT_TRUE(source) << source.error().message;
  pose::PoseFrame recorded;
  const auto complete = source.value()->run(
      [&](const SourceFrame& frame) -> base::Result<void> {
        recorded = frame.pose;
        return {};
      },
      kGoOn);
  ASSERT_TRUE(complete) << complete.error().message;

  auto live = LivePractice::create(support::single_leg_kick(), {});
  const auto estimator = create_pose_estimator(options.models);
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
}  // namespace matside::practice
