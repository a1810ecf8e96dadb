#include "records/today.h"

#include <gmock/gmock.h>

#include <utility>
#include <vector>

#include "records/practice_draft.h"
#include "tests/records/records_fixture.h"
#include "tests/support/exercise.h"

namespace matside::records {
namespace {

using records_test::on_day;
using ::testing::Contains;
using ::testing::SizeIs;

class TodayTest : public records_test::RecordsTest {
 protected:
  Today today_on(double day) {
    return today(*records_, person_, on_day(day), support::single_leg_kick(),
                 support::plan_rules())
        .value();
  }
  /// Practises as planned for that day.
  Id practise(double day, plan::NextDay next_day = plan::NextDay::same) {
    const plan::Next next = today_on(day).next;
    Comfort comfort;
    comfort.before = comfort.after = 1;
    comfort.next_day = next_day;
    return add_practice(start(day, next.level, next.repetitions), comfort);
  }
};

TEST_F(TodayTest, BeginsWithTheEasiestLevelAndTheSafetyNotice) {
  const Today first = today_on(0.0);
  EXPECT_EQ(first.next.level, 0);
  EXPECT_TRUE(first.safety_notice_due);
  EXPECT_THAT(first.next.reasons, Contains(plan::DecisionReason::first_practice));
  EXPECT_FALSE(first.ask_next_day);
  EXPECT_FALSE(first.resumable);
}

TEST_F(TodayTest, RepeatsTheSafetyNoticeAfter30Days) {
  Person person = today_on(0.0).person;
  person.safety_read_at = on_day(0.0).instant;
  ASSERT_TRUE(records_->update_person(person));
  EXPECT_FALSE(today_on(29.0).safety_notice_due);
  EXPECT_TRUE(today_on(30.0).safety_notice_due);
}

TEST_F(TodayTest, AsksAboutTheNextDayFrom12HoursToAWeek) {
  const Id practice = practise(0.0, plan::NextDay::unanswered);
  EXPECT_FALSE(today_on(0.1).ask_next_day);
  ASSERT_TRUE(today_on(1.0).ask_next_day);
  EXPECT_EQ(today_on(1.0).ask_next_day->id, practice);
  EXPECT_FALSE(today_on(8.0).ask_next_day);
}

TEST_F(TodayTest, AddsARepetitionAfterAGoodPractice) {
  const int before = today_on(0.0).next.repetitions;
  practise(0.0);
  EXPECT_EQ(today_on(2.0).next.repetitions, before + 1);
  EXPECT_FALSE(today_on(1.9).next.today(on_day(1.9).instant));
  EXPECT_TRUE(today_on(2.0).next.today(on_day(2.0).instant));
}

TEST_F(TodayTest, PlansByTheCorrectedCounts) {
  const Id practice = practise(0.0);
  ASSERT_TRUE(records_->correct(practice, SideCounts{1, 1}));
  EXPECT_THAT(today_on(2.0).next.reasons, Contains(plan::DecisionReason::not_all_done));
}

TEST_F(TodayTest, OffersToResumeAnUnfinishedPracticeWithinTheHour) {
  const Id practice = records_->begin(start(0.0)).value();
  ASSERT_TRUE(today_on(0.01).resumable);
  EXPECT_EQ(today_on(0.01).resumable->id, practice);
  EXPECT_FALSE(today_on(0.05).resumable);
}

TEST_F(TodayTest, PlansNothingByAPracticeWithoutActivity) {
  ASSERT_TRUE(records_->begin(start(0.0)));
  EXPECT_THAT(today_on(0.05).next.reasons, Contains(plan::DecisionReason::first_practice));
}

TEST_F(TodayTest, EndsStalePracticesAsInterrupted) {
  const Id stale = records_->begin(start(0.0)).value();
  const Id recent = records_->begin(start(1.0)).value();
  ASSERT_TRUE(
      end_stale_practices(*records_, person_, on_day(1.01), support::single_leg_kick()));
  EXPECT_EQ(records_->practice(stale).value().ended_by, EndReason::interrupted);
  EXPECT_FALSE(records_->practice(recent).value().ended_by);
}

TEST_F(TodayTest, CountsWeeksInARowUpToThisOneOrTheLast) {
  for (const double day : {0.0, 2.0, 8.0, 15.0}) practise(day);
  EXPECT_EQ(today_on(15.5).weeks_in_a_row, 3);
  EXPECT_EQ(today_on(15.5).this_week, 1);
  EXPECT_EQ(today_on(21.5).weeks_in_a_row, 3);
  EXPECT_EQ(today_on(28.5).weeks_in_a_row, 0);
}

/// Two exercises in one database: the single-leg kick, and another one of the same levels.
class TodayOfTwoExercisesTest : public TodayTest {
 protected:
  TodayOfTwoExercisesTest() { other_.id = "swan-preparation"; }
  Today today_of(const exercise::Definition& exercise, double day) {
    return today(*records_, person_, on_day(day), exercise, support::plan_rules()).value();
  }
  Id practise_of(const exercise::Definition& exercise, double day, Comfort comfort = {}) {
    const plan::Next next = today_of(exercise, day).next;
    PracticeStart begun = start(day, next.level, next.repetitions);
    begun.exercise = exercise.id;
    if (!comfort.before) comfort.before = comfort.after = 1;
    comfort.next_day = plan::NextDay::same;
    return add_practice(begun, comfort);
  }

  const exercise::Definition& kick_ = support::single_leg_kick();
  exercise::Definition other_ = support::single_leg_kick();
};

TEST_F(TodayOfTwoExercisesTest, PlansTheLevelOfEach) {
  double day = 0.0;
  for (; today_of(kick_, day).next.level == 0; day += 3.0) practise_of(kick_, day);
  const plan::Next kick = today_of(kick_, day).next;
  const plan::Next other = today_of(other_, day).next;
  EXPECT_EQ(kick.level, 1);
  EXPECT_EQ(other.level, 0);
  EXPECT_EQ(other.repetitions, other_.level(0)->repetitions_start);
  EXPECT_EQ(other.not_before, kick.not_before) << "the rest is the person's";
  practise_of(other_, day);
  const plan::Next after = today_of(kick_, day + 3.0).next;
  EXPECT_EQ(after.level, kick.level);
  EXPECT_EQ(after.repetitions, kick.repetitions);
  EXPECT_EQ(after.reasons.front(), kick.reasons.front());
  EXPECT_EQ(today_of(other_, day + 3.0).next.repetitions, other.repetitions + 1);
}

TEST_F(TodayOfTwoExercisesTest, DiscomfortInOneHoldsForBoth) {
  double day = 0.0;
  for (; today_of(kick_, day).next.level == 0; day += 3.0) practise_of(kick_, day);
  Comfort worse;
  worse.before = 1;
  worse.after = 5;
  practise_of(other_, day, worse);
  for (const exercise::Definition* each : {&kick_, &std::as_const(other_)}) {
    const Today today = today_of(*each, day + 3.0);
    EXPECT_EQ(today.next.level, 0) << each->id;
    EXPECT_THAT(today.next.reasons, Contains(plan::DecisionReason::comfort_down)) << each->id;
    EXPECT_EQ(today.comfort_before_last, 1) << each->id;
  }
  worse = {1, 1, true, plan::NextDay::same};
  practise_of(kick_, day + 3.0, worse);
  EXPECT_TRUE(today_of(kick_, day + 6.0).next.ask_first);
  EXPECT_TRUE(today_of(other_, day + 6.0).next.ask_first);
}

TEST_F(TodayOfTwoExercisesTest, TakesTheTeachersLevelOfEach) {
  Person ada = records_->person(person_).value();
  ada.teacher_levels[other_.id] = 2;
  ASSERT_TRUE(records_->update_person(ada));
  EXPECT_EQ(today_of(kick_, 0.0).next.level, 0);
  EXPECT_EQ(today_of(other_, 0.0).next.level, 2);
}

TEST_F(TodayOfTwoExercisesTest, LeavesAnUnfinishedPracticeOfAnotherExercise) {
  PracticeStart begun = start(0.0);
  begun.exercise = other_.id;
  const Id id = records_->begin(begun).value();
  ASSERT_TRUE(end_stale_practices(*records_, person_, on_day(1.0), kick_));
  EXPECT_FALSE(records_->practice(id).value().ended_by);
  const auto ended = end_practice(*records_, id, EndReason::person, kick_);
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().message,
            "practice 1: the exercise \"swan-preparation\" isn't installed. Installed: "
            "single-leg-kick");
  const std::vector<exercise::Definition> both{kick_, other_};
  ASSERT_TRUE(end_stale_practices(*records_, person_, on_day(1.0), Exercises(both)));
  EXPECT_EQ(records_->practice(id).value().ended_by, EndReason::interrupted);
}

TEST_F(TodayTest, RefusesAnUnknownPerson) {
  const auto unknown = today(*records_, person_ + 1, on_day(0.0), support::single_leg_kick(),
                             support::plan_rules());
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().kind, base::ErrorKind::not_found);
}

TEST(FirstDay, OffersEveryLevelWithoutRecords) {
  const Today today = first_day(on_day(0.0), support::single_leg_kick(), support::plan_rules());
  EXPECT_TRUE(today.safety_notice_due);
  EXPECT_THAT(today.choices, SizeIs(support::single_leg_kick().levels.size()));
}

TEST(PlanRecord, TakesAnAudioOnlyPracticeAsReported) {
  Practice practice;
  practice.origin = Origin::sound;
  practice.counts.left = 4;
  practice.counts.right = 3;
  const plan::PracticeRecord record = to_plan_record(practice);
  EXPECT_EQ(record.left, 4);
  EXPECT_EQ(record.right, 3);
  EXPECT_EQ(record.clean, 7);
}

TEST(PlanRecord, HasFewerUnsureRepetitionsAfterACorrection) {
  Practice practice;
  practice.counts = {3, 3, 2, 16, 8};
  EXPECT_EQ(to_plan_record(practice).unsure, 2);
  practice.corrected = SideCounts{4, 3};
  EXPECT_EQ(to_plan_record(practice).unsure, 1);
  practice.corrected = SideCounts{5, 5};
  EXPECT_EQ(to_plan_record(practice).unsure, 0);
}

TEST(Activity, IsARepetitionOrReportedDiscomfort) {
  Practice practice;
  EXPECT_FALSE(has_activity(practice));
  practice.ended_by = EndReason::discomfort;
  EXPECT_TRUE(has_activity(practice));
  practice.ended_by = EndReason::person;
  practice.comfort.leg_symptoms = true;
  EXPECT_TRUE(has_activity(practice));
  practice.comfort.leg_symptoms = false;
  practice.counts.unsure = 1;
  EXPECT_TRUE(has_activity(practice));
}

}  // namespace
}  // namespace matside::records
