#include "practice/analysis.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/exercise.h"
#include "tests/support/practice.h"

namespace matside::practice {
namespace {

using Frames = std::vector<pose::PoseFrame>;

const std::atomic<bool> kGoOn{false};

/// Frames from memory.
class FrameList : public Source {
 public:
  explicit FrameList(Frames frames) : frames_(std::move(frames)) {
    info_.path = "frames";
    info_.pose_model = "simulated";
    info_.size = frames_.front().image_size;
  }
  [[nodiscard]] const SourceInfo& info() const override { return info_; }
  base::Result<bool> run(const OnFrame& on_frame, const std::atomic<bool>& stop) override {
    for (const pose::PoseFrame& frame : frames_) {
      if (stop) return false;
      if (auto taken = on_frame({frame, std::nullopt}); !taken) return taken.error();
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
  FrameList source(support::saved_frames(4));
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
  Frames frames = support::saved_frames(1);
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
  FrameList source(support::saved_frames(4));
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
  FrameList source(support::saved_frames(1));
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
  FrameList source(support::saved_frames(1));
  const auto record = analyse(source, support::single_leg_kick(), 9, {}, kGoOn);
  ASSERT_FALSE(record);
  EXPECT_EQ(record.error().kind, base::ErrorKind::usage);
}

}  // namespace
}  // namespace matside::practice
