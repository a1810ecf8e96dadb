// Exercises that files describe by channels, through the whole session: the built-in ones, and
// two that the code has never heard of.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/session.h"
#include "formats/catalog/catalog.h"
#include "tests/support/activity.h"
#include "tests/support/cycle_score.h"
#include "tests/support/exercise.h"
#include "tests/support/random_cycle_practice.h"
#include "tests/support/random_practice.h"

namespace matside::engine {
namespace {

constexpr const char* kBuiltIn = MATSIDE_SOURCE_DIR "/data/exercises/moves";
constexpr const char* kUnheardOf = MATSIDE_SOURCE_DIR "/tests/data/moves";
constexpr int kPractices = 40;

std::vector<exercise::Definition> exercises_in(const char* folder) {
  auto read = catalog::load_cycle_exercises(folder, support::single_leg_kick());
  EXPECT_TRUE(read) << (read ? "" : read.error().message);
  return read ? std::move(read).value() : std::vector<exercise::Definition>{};
}

std::vector<exercise::Repetition> repetitions_in(const std::vector<pose::PoseFrame>& frames,
                                                 const exercise::Definition& exercise,
                                                 int level) {
  auto session = Session::create(exercise, level).value();
  for (const pose::PoseFrame& frame : frames) session.push(frame);
  session.finish();
  return session.analysis().repetitions;
}

/// When and how far, for a test's message.
std::string described(const std::vector<exercise::Repetition>& repetitions) {
  std::string text;
  for (const exercise::Repetition& each : repetitions) {
    text += std::to_string(each.start.value()) + " to " + std::to_string(each.end.value());
    for (const exercise::Peak& peak : each.peaks) text += ", " + std::to_string(peak.value);
    text += "; ";
  }
  return text;
}

support::CycleScore score(const exercise::Definition& exercise, int level) {
  support::CycleScore all;
  for (int seed = 1; seed <= kPractices; ++seed) {
    const support::CyclePractice practice = support::random_cycle_practice(
        exercise, level, static_cast<std::uint64_t>(7000 + seed));
    const support::CycleSession performed = support::perform(practice);
    support::CycleScore one = support::score_cycles(
        performed.repetitions, repetitions_in(performed.frames, exercise, level));
    for (std::string& failure : one.failures)
      failure = "practice " + std::to_string(seed) + ", " + failure;
    all += one;
  }
  return all;
}

class DescribedExercises : public testing::TestWithParam<const char*> {};

TEST_P(DescribedExercises, AreCountedAndJudged) {
  for (const exercise::Definition& exercise : exercises_in(GetParam())) {
    for (const exercise::Level& level : exercise.levels) {
      const support::CycleScore all = score(exercise, level.number);
      const std::string what = exercise.id + " level " + std::to_string(level.number);
      std::string failures;
      for (const std::string& line : all.failures) failures += line + "\n";
      EXPECT_GE(all.repetitions.f1(), 0.995) << what << '\n' << failures;
      EXPECT_EQ(all.side_wrong, 0) << what;
      EXPECT_GE(all.all_faults().f1(), 0.9) << what;
    }
  }
}

std::vector<exercise::Definition> all_exercises() {
  std::vector<exercise::Definition> all{support::single_leg_kick()};
  for (exercise::Definition& each : exercises_in(kBuiltIn)) all.push_back(std::move(each));
  return all;
}

/// A practice without faults: those make a movement look like another one.
std::vector<pose::PoseFrame> practice_of(const exercise::Definition& exercise, int level,
                                         std::uint64_t seed) {
  if (exercise.cycle) {
    return support::perform(
               support::random_cycle_practice(exercise, level, seed, {.faults = false}))
        .frames;
  }
  support::Practice practice = support::random_practice(seed, {.faults = false});
  // Both feet that wave in a pause are both legs bent together.
  std::erase_if(practice.steps, [](const support::Step& step) {
    return step.kind == support::Step::Kind::idle;
  });
  return support::perform(practice).frames;
}

TEST(ExercisesTogether, AreNotCountedAsEachOther) {
  const std::vector<exercise::Definition> all = all_exercises();
  ASSERT_EQ(all.size(), 4U);
  for (const exercise::Definition& performed : all) {
    for (const exercise::Level& level : performed.levels) {
      if (!performed.cycle && level.number > 0) break;  // its practices are of any level
      for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const auto frames = practice_of(performed, level.number, 300 + seed);
        for (const exercise::Definition& judged : all) {
          if (judged.id == performed.id) continue;
          for (const exercise::Level& at : judged.levels) {
            EXPECT_EQ(described(repetitions_in(frames, judged, at.number)), "")
                << performed.id << " level " << level.number << " as " << judged.id << " level "
                << at.number << ", seed " << seed;
          }
        }
      }
    }
  }
}

TEST(ExercisesTogether, CountNothingOfOtherActivities) {
  for (const exercise::Definition& exercise : exercises_in(kBuiltIn)) {
    for (const support::Activity activity : support::kActivities) {
      for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const auto frames = support::perform(support::random_scene(activity, seed));
        for (const exercise::Level& level : exercise.levels) {
          // A cobra is a chest lift, but too high.
          if (activity == support::Activity::cobra && exercise.id == "swan-preparation") {
            for (const auto& each : repetitions_in(frames, exercise, level.number))
              EXPECT_EQ(
                  std::ranges::count(each.faults, "too_high", &exercise::DetectedFault::id), 1);
            continue;
          }
          EXPECT_EQ(described(repetitions_in(frames, exercise, level.number)), "")
              << name(activity) << " as " << exercise.id << " level " << level.number
              << ", seed " << seed;
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(BuiltIn, DescribedExercises, testing::Values(kBuiltIn));
INSTANTIATE_TEST_SUITE_P(NeverHeardOf, DescribedExercises, testing::Values(kUnheardOf));

}  // namespace
}  // namespace matside::engine
