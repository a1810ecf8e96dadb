#include "practice/analysis.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/cycle_practice.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"
#include "tests/support/random_cycle_practice.h"

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

/// The id of the exercise that those frames are taken for.
std::string guessed(const Frames& frames, int level) {
  FrameList source(frames);
  const auto guess = analyse_any(source, support::installed_exercises(), level, {}, kGoOn);
  EXPECT_TRUE(guess) << (guess ? "" : guess.error().message);
  if (!guess) return {};
  EXPECT_EQ(guess.value().record.exercise_id, guess.value().exercise->id);
  return guess.value().exercise->id;
}

TEST(AnalyseAny, TellsWhichExerciseWasPractised) {
  for (const exercise::Definition& exercise : support::installed_exercises()) {
    for (const exercise::Level& level : exercise.levels) {
      if (!exercise.cycle) continue;
      for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const auto practice =
            support::random_cycle_practice(exercise, level.number, 500 + seed);
        EXPECT_EQ(guessed(support::perform(practice).frames, level.number), exercise.id)
            << "level " << level.number << ", seed " << seed;
      }
    }
  }
  EXPECT_EQ(guessed(support::saved_frames(6), 1), "single-leg-kick");
}

TEST(AnalyseAny, TakesTheUsualExerciseForAFewMovementsOfAnother) {
  const exercise::Definition& swan = support::sister_move("swan-preparation");
  support::CyclePractice practice = support::random_cycle_practice(swan, 1, 7);
  practice.steps.resize(2);
  EXPECT_EQ(guessed(support::perform(practice).frames, 1), "single-leg-kick");
}

TEST(AnalyseAny, LeavesOutExercisesWithoutTheLevel) {
  EXPECT_EQ(guessed(support::saved_frames(6), 3), "single-leg-kick");
  FrameList source(support::saved_frames(1));
  const auto none = analyse_any(source, support::installed_exercises(), 8, {}, kGoOn);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, base::ErrorKind::usage);
}

}  // namespace
}  // namespace matside::practice
