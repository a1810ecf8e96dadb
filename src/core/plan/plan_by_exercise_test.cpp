// The plans of a person who practises several exercises.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/plan/plan.h"
#include "tests/support/exercise.h"

namespace matside::plan {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

constexpr Instant kFirstDay{1'767'600'000};  // 5 January 2026, 8:00

/// Somebody with two exercises of the same levels, "kick" and "swan".
class TwoExercises : public ::testing::Test {
 protected:
  static exercise::Definition exercise_of(const std::string& id) {
    exercise::Definition exercise = support::single_leg_kick();
    exercise.id = id;
    return exercise;
  }
  Next plan(const std::string& id, const TeacherSetting& teacher = {}) const {
    return next_practice(records_, now_, exercise_of(id), support::plan_rules(), teacher);
  }
  PracticeRecord as_planned(const std::string& id) const {
    const Next next = plan(id);
    PracticeRecord record;
    record.exercise = id;
    record.start = now_;
    record.level = next.level;
    record.goal_repetitions = record.left = record.right = next.repetitions;
    record.clean = 2 * next.repetitions;
    record.comfort_before = record.comfort_after = 1;
    record.next_day = NextDay::same;
    return record;
  }
  void does(const PracticeRecord& record) {
    records_.push_back(record);
    now_ = after_hours(record.start, 60.0);
  }
  void comes_to_level(int level, const std::string& id) {
    for (int i = 0; i < 100 && plan(id).level < level; ++i) does(as_planned(id));
  }
  static int start_of(int level) {
    return support::single_leg_kick().level(level)->repetitions_start;
  }

  std::vector<PracticeRecord> records_;
  Instant now_ = kFirstDay;
};

TEST_F(TwoExercises, LevelAndRepetitionsAreOfEach) {
  comes_to_level(2, "kick");
  does(as_planned("kick"));
  const Next kick = plan("kick");
  EXPECT_EQ(kick.level, 2);
  EXPECT_EQ(plan("swan").level, 0);
  EXPECT_EQ(plan("swan").repetitions, start_of(0));
  for (int i = 0; i < 3; ++i) does(as_planned("swan"));
  EXPECT_EQ(plan("swan").repetitions, start_of(0) + 3);
  EXPECT_EQ(plan("kick").level, kick.level);
  EXPECT_EQ(plan("kick").repetitions, kick.repetitions);
  EXPECT_EQ(plan("kick").reasons.front(), kick.reasons.front()) << "of its own last practice";
}

TEST_F(TwoExercises, AnExerciseBeginsWithItsEasiestLevelAfterTheCommonRest) {
  does(as_planned("kick"));
  const Next first = plan("swan");
  EXPECT_THAT(first.reasons, ElementsAre(DecisionReason::first_practice, DecisionReason::rest));
  EXPECT_EQ(first.not_before, plan("kick").not_before);
}

TEST_F(TwoExercises, OneSoonAfterTheOtherAreOnePractice) {
  does(as_planned("kick"));
  now_ = after_hours(records_.back().start, 0.25);
  EXPECT_TRUE(plan("swan").today(now_)) << "it belongs to the same practice";
  EXPECT_FALSE(plan("kick").today(now_)) << "the same exercise needs rest";
  PracticeRecord second = as_planned("swan");
  does(second);
  EXPECT_EQ(plan("kick").not_before, after_hours(second.start, 48.0));
  EXPECT_EQ(plan("swan").not_before, plan("kick").not_before);
  EXPECT_EQ(plan("swan").repetitions, start_of(0) + 1) << "it was not too soon";

  for (int practice = 0; practice < 2; ++practice) {
    now_ = plan("kick").not_before;
    for (const char* id : {"kick", "swan"}) {
      PracticeRecord record = as_planned(id);
      record.start = now_;
      records_.push_back(record);
      now_ = after_hours(now_, 0.2);
    }
  }
  EXPECT_EQ(plan("kick").not_before, after_hours(kFirstDay, 7 * 24.0)) << "three in a week";
  EXPECT_EQ(plan("kick").reasons.back(), DecisionReason::week_full);
}

TEST_F(TwoExercises, NothingFollowsAnExerciseThatWasUncomfortable) {
  const PracticeRecord fine = as_planned("kick");
  const auto follows = [&](const PracticeRecord& record) {
    records_ = {record};
    now_ = after_hours(record.start, 0.25);
    return plan("swan").today(now_);
  };
  EXPECT_TRUE(follows(fine));
  PracticeRecord stopped = fine;
  stopped.discomfort = true;
  EXPECT_FALSE(follows(stopped));
  PracticeRecord worse = fine;
  worse.comfort_after = 2;
  EXPECT_FALSE(follows(worse));
  PracticeRecord leg = fine;
  leg.leg_symptoms = true;
  EXPECT_FALSE(follows(leg));
}

TEST_F(TwoExercises, AnotherExerciseAfterAFullWeekOfPracticesWaitsAsWell) {
  for (int practice = 0; practice < 3; ++practice) {
    does(as_planned("kick"));
    now_ = after_hours(records_.back().start, 48.0);
  }
  PracticeRecord anyway = as_planned("kick");
  anyway.start = now_;
  records_.push_back(anyway);
  now_ = after_hours(now_, 0.5);
  EXPECT_FALSE(plan("swan").today(now_)) << "the last practice was already one too many";
}

TEST_F(TwoExercises, RestAndTheWeekAreCommon) {
  for (const char* id : {"kick", "swan", "kick"}) {
    does(as_planned(id));
    now_ = after_hours(records_.back().start, 48.0);
  }
  for (const char* id : {"kick", "swan"}) {
    EXPECT_EQ(plan(id).not_before, after_hours(kFirstDay, 7 * 24.0)) << id;
    EXPECT_EQ(plan(id).reasons.back(), DecisionReason::week_full) << id;
  }
  PracticeRecord soon = as_planned("swan");
  soon.start = after_hours(records_.back().start, 1.0);
  const int before = plan("swan").repetitions;
  does(soon);
  EXPECT_EQ(plan("swan").repetitions, before) << "too soon after the kick";
  EXPECT_EQ(plan("swan").reasons.front(), DecisionReason::too_soon);
}

TEST_F(TwoExercises, DiscomfortInOneStepsBackInBoth) {
  comes_to_level(1, "kick");
  comes_to_level(1, "swan");
  PracticeRecord record = as_planned("swan");
  record.discomfort = true;
  does(record);
  for (const char* id : {"kick", "swan"}) {
    EXPECT_EQ(plan(id).level, 0) << id;
    EXPECT_EQ(plan(id).reasons.front(), DecisionReason::comfort_down) << id;
    EXPECT_EQ(plan(id, {.level = 3}).level, 0) << "not even a teacher's level: " << id;
  }
  does(as_planned("swan"));
  EXPECT_EQ(plan("kick", {.level = 3}).level, 3) << "after a comfortable practice of any";
}

TEST_F(TwoExercises, ALittleDiscomfortInOneHoldsTheOther) {
  comes_to_level(1, "kick");
  while (plan("kick").repetitions < support::single_leg_kick().level(1)->repetitions_goal) {
    does(as_planned("kick"));
  }
  does(as_planned("kick"));
  does(as_planned("kick"));
  PracticeRecord record = as_planned("swan");
  record.comfort_after = *record.comfort_before + 1;
  does(record);
  EXPECT_EQ(plan("kick").level, 1);
  EXPECT_EQ(plan("kick").reasons.front(), DecisionReason::comfort_held);
  does(as_planned("kick"));
  EXPECT_EQ(plan("kick").level, 1) << "the row of good practices is broken";
}

TEST_F(TwoExercises, SymptomsInALegStopBoth) {
  PracticeRecord record = as_planned("kick");
  record.leg_symptoms = true;
  does(record);
  for (const char* id : {"kick", "swan"}) {
    EXPECT_TRUE(plan(id).ask_first) << id;
    EXPECT_THAT(plan(id).reasons, ElementsAre(DecisionReason::leg_symptoms)) << id;
  }
}

TEST_F(TwoExercises, AWorseNextDayRestsBothLongerAndTwiceAsksFirst) {
  PracticeRecord record = as_planned("kick");
  record.next_day = NextDay::worse;
  does(record);
  EXPECT_EQ(plan("swan").not_before, after_hours(record.start, 72.0));
  EXPECT_FALSE(plan("swan").ask_first);
  record = as_planned("swan");
  record.next_day = NextDay::worse;
  does(record);
  EXPECT_TRUE(plan("kick").ask_first);
  EXPECT_TRUE(plan("swan").ask_first);
}

TEST_F(TwoExercises, DiscomfortBeforeAnExerciseBeganChangesNothingInIt) {
  PracticeRecord record = as_planned("kick");
  record.discomfort = true;
  does(record);
  EXPECT_EQ(plan("swan").level, 0);
  EXPECT_THAT(plan("swan").reasons,
              ElementsAre(DecisionReason::first_practice, DecisionReason::rest));
}

TEST_F(TwoExercises, AnExerciseThatWasLeftForWeeksStartsAgainLower) {
  comes_to_level(1, "kick");
  for (int i = 0; i < 15; ++i) does(as_planned("swan"));
  EXPECT_EQ(plan("kick").level, 0);
  EXPECT_THAT(plan("kick").reasons, Contains(DecisionReason::long_missed));
}

TEST_F(TwoExercises, KnowsOtherExercisesByAnyLevel) {
  PracticeRecord record = as_planned("swan");
  record.level = 9;
  record.leg_symptoms = true;
  does(record);
  EXPECT_TRUE(plan("kick").ask_first);
}

}  // namespace
}  // namespace matside::plan
