// Practices of the exercises that their files describe by channels, led by words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/coaching/audio_guide.h"
#include "core/coaching/counts.h"
#include "core/coaching/lesson.h"
#include "tests/support/exercise.h"
#include "tests/support/random_cycle_practice.h"

namespace matside::coaching {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

constexpr int kRepetitions = 2;

struct LedCycle {
  std::vector<std::string> stages;
  std::vector<std::string> said;
  std::vector<exercise::KickingSide> moving;
  engine::RepetitionCounts counts;
  int peaks_seen = 0;
  EndReason ended_by = EndReason::person;
};

void note(std::span<const LessonEvent> events, LedCycle& led) {
  for (const LessonEvent& each : events) {
    if (const auto* stage = std::get_if<StageChanged>(&each)) {
      led.stages.emplace_back(name(stage->stage));
    } else if (const auto* say = std::get_if<Speak>(&each)) {
      led.said.push_back(say->id);
    } else if (const auto* changed = std::get_if<CountsChanged>(&each)) {
      led.counts = changed->counts;
    } else if (const auto* peak = std::get_if<KickSeen>(&each)) {
      led.moving.push_back(peak->side);
      ++led.peaks_seen;
    }
  }
}

LedCycle lead(const exercise::Definition& exercise, PracticeRequest request) {
  request.repetitions = kRepetitions;
  LedCycle led;
  auto lesson = Lesson::create(exercise, request);
  EXPECT_TRUE(lesson);
  if (!lesson) return led;
  note(lesson.value().begin(), led);
  const auto practice = support::calm_cycle_practice(exercise, request.level, kRepetitions, 11);
  for (const pose::PoseFrame& frame : support::perform(practice).frames)
    note(lesson.value().push(frame), led);
  led.ended_by = lesson.value().ended_by();
  return led;
}

class CycleLesson : public ::testing::TestWithParam<const char*> {
 protected:
  [[nodiscard]] static const exercise::Definition& exercise() {
    return support::sister_move(GetParam());
  }
  [[nodiscard]] static std::string own(const char* id) { return exercise().own_phrase_id(id); }
};

TEST_P(CycleLesson, LeadsFromLyingDownToTheEndOfTheSet) {
  for (const exercise::Level& level : exercise().levels) {
    SCOPED_TRACE(level.number);
    const LedCycle led = lead(exercise(), {.level = level.number});
    EXPECT_THAT(led.stages,
                ElementsAre("placing", "settling", "practising", "easing_out", "ended"));
    EXPECT_EQ(led.ended_by, EndReason::goal);
    if (exercise().by_side()) {
      EXPECT_EQ(led.counts.left, kRepetitions);
      EXPECT_EQ(led.counts.right, kRepetitions);
      EXPECT_THAT(led.said, Contains("each_side_left"));
      EXPECT_THAT(led.said, Contains("left"));
    } else {
      EXPECT_EQ(led.counts.both, kRepetitions);
      EXPECT_THAT(led.said, Contains("repetitions_calmly"));
      EXPECT_THAT(led.said, Not(Contains("left")));
      EXPECT_THAT(led.moving, ::testing::Each(exercise::KickingSide::both));
    }
    EXPECT_THAT(led.said, Contains(level.settle_phrase));
    EXPECT_THAT(led.said, Contains(own("prompt")));
    EXPECT_THAT(led.said, Contains("count_2"));
    EXPECT_THAT(led.said, Not(Contains("bend_left")));
    EXPECT_THAT(led.said, Not(Contains("out_kick_kick")));
    EXPECT_EQ(led.peaks_seen, total(led.counts) * level.kicks);
    EXPECT_THAT(led.said.back(), ::testing::StartsWith("set_done"));
  }
}

TEST_P(CycleLesson, OfAnExerciseThatFollowsAnotherBeginsOnTheMat) {
  const LedCycle led = lead(exercise(), {.level = 0, .follows = true, .goes_on = true});
  ASSERT_GE(led.said.size(), 3U);
  EXPECT_THAT(std::vector(led.said.begin(), led.said.begin() + 3),
              ElementsAre(own("name"), own("transition"), own("settle_0")));
  EXPECT_THAT(led.stages, ElementsAre("settling", "practising", "easing_out", "ended"));
  EXPECT_EQ(led.said.back(), "rest_before_next");
}

TEST_P(CycleLesson, OfSoundAloneSaysAndCountsTheSame) {
  for (const exercise::Level& level : exercise().levels) {
    SCOPED_TRACE(level.number);
    const auto items =
        audio_guide(exercise(), {.level = level.number, .repetitions = kRepetitions});
    std::vector<std::string> said;
    int beats = 0;
    for (const AudioGuideItem& item : items) {
      if (item.say) said.push_back(item.say->id);
      if (item.sound == SoundCue::kick) ++beats;
    }
    const int turns = exercise().by_side() ? 2 * kRepetitions : kRepetitions;
    EXPECT_EQ(beats, turns * level.kicks);
    EXPECT_EQ(said.front(), level.settle_phrase);
    EXPECT_EQ(std::ranges::count(said, own("prompt")), std::min(turns, 4));
    EXPECT_EQ(std::ranges::count(said, "count_2"), exercise().by_side() ? 3 : 2);
    EXPECT_TRUE(std::ranges::is_sorted(items, {}, &AudioGuideItem::at));
  }
}

INSTANTIATE_TEST_SUITE_P(SisterMoves, CycleLesson,
                         ::testing::Values("double-leg-kick", "prone-leg-lift",
                                           "swan-preparation"));

}  // namespace
}  // namespace matside::coaching
