#include "records/today.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "records/progress.h"
#include "tests/records/kept_practice.h"
#include "tests/support/exercise.h"

namespace matside::records_test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class TodayTest : public ::testing::Test {
 protected:
  void SetUp() override {
    records_ = folder_.open();
    person_ = records_->add_person("Ada", kMonday).value();
  }
  records::Today today(double day) {
    return records::today(*records_, person_, on_day(day), support::single_leg_kick(),
                          support::plan_rules())
        .value();
  }
  /// As the plan wants it on that day, clean.
  records::Id practise(double day, double knee_deg = 100.0,
                       plan::NextDay next_day = plan::NextDay::same) {
    const plan::Next next = today(day).next;
    records::Beginning beginning;
    beginning.person = person_;
    beginning.start = on_day(day).instant;
    beginning.utc_offset_min = 60;
    beginning.level = next.level;
    beginning.wished = next.repetitions;
    beginning.judgement = {"matside test", "{}", beginning.start};
    records::Outcome outcome;
    outcome.counts = {next.repetitions, next.repetitions, 0, 2 * next.repetitions,
                      2 * next.repetitions};
    outcome.means.knee_flexion_deg = exercise::Measured{knee_deg, 1.0, 5.0};
    outcome.means.lengthening_s = 60.0;
    records::Comfort comfort;
    comfort.before = comfort.after = 1;
    comfort.next_day = next_day;
    return records_
        ->add_practice(beginning, {records::EndedBy::goal, base::Seconds(100.0)}, comfort, {},
                       outcome, {})
        .value();
  }

  Folder folder_;
  std::unique_ptr<records::Repository> records_;
  records::Id person_ = 0;
};

TEST_F(TodayTest, BeginsWithTheEasiestLevelAndWhatToKnow) {
  const records::Today first = today(0.0);
  EXPECT_EQ(first.next.level, 0);
  EXPECT_TRUE(first.inform);
  EXPECT_THAT(first.next.reasons, Contains(plan::Reason::first_practice));
  EXPECT_FALSE(first.ask_next_day);
  records::Person person = first.person;
  person.informed = on_day(0.0).instant;
  ASSERT_TRUE(records_->change(person));
  EXPECT_FALSE(today(29.0).inform);
  EXPECT_TRUE(today(30.0).inform);
}

TEST_F(TodayTest, AsksOfTheNextDayOnceItIsThere) {
  const records::Id practice = practise(0.0, 100.0, plan::NextDay::unanswered);
  EXPECT_FALSE(today(0.1).ask_next_day);
  ASSERT_TRUE(today(1.0).ask_next_day);
  EXPECT_EQ(today(1.0).ask_next_day->id, practice);
  EXPECT_FALSE(today(8.0).ask_next_day);
}

TEST_F(TodayTest, GoesOneRepetitionUpAfterAGoodPractice) {
  const int before = today(0.0).next.repetitions;
  practise(0.0);
  EXPECT_EQ(today(2.0).next.repetitions, before + 1);
  EXPECT_FALSE(today(1.9).next.today(on_day(1.9).instant));
  EXPECT_TRUE(today(2.0).next.today(on_day(2.0).instant));
}

TEST_F(TodayTest, TakesTheCountAsThePersonCorrectedIt) {
  const records::Id practice = practise(0.0);
  ASSERT_TRUE(records_->correct(practice, records::Correction{1, 1}));
  EXPECT_THAT(today(2.0).next.reasons, Contains(plan::Reason::not_all_done));
}

TEST_F(TodayTest, OffersToGoOnWithAPracticeBrokenOffWithinTheHour) {
  records::Beginning beginning;
  beginning.person = person_;
  beginning.start = on_day(0.0).instant;
  beginning.judgement = {"matside test", "{}", beginning.start};
  const records::Id practice = records_->begin(beginning).value();
  ASSERT_TRUE(today(0.01).resumable);
  EXPECT_EQ(today(0.01).resumable->id, practice);
  EXPECT_FALSE(today(0.05).resumable);
  // Nothing was done: the plan knows nothing of it.
  EXPECT_THAT(today(0.05).next.reasons, Contains(plan::Reason::first_practice));
}

TEST_F(TodayTest, CountsWeeksInARowUpToThisOneOrTheLast) {
  for (const double day : {0.0, 2.0, 8.0, 15.0}) practise(day);
  EXPECT_EQ(today(15.5).weeks_in_a_row, 3);
  EXPECT_EQ(today(15.5).this_week, 1);
  EXPECT_EQ(today(21.5).weeks_in_a_row, 3);
  EXPECT_EQ(today(28.5).weeks_in_a_row, 0);
}

TEST_F(TodayTest, ShowsEveryWeekFromTheFirstToThisOne) {
  for (const double day : {0.0, 2.0, 15.0}) practise(day);
  const auto progress = records::progress(*records_, person_, on_day(22.0)).value();
  ASSERT_THAT(progress.weeks, SizeIs(4));
  EXPECT_EQ(progress.weeks[0].practices, 2);
  EXPECT_EQ(progress.weeks[1].practices, 0);
  EXPECT_EQ(progress.weeks[2].practices, 1);
  EXPECT_EQ(records::date_text(progress.weeks[0].monday), "2026-01-05");
  EXPECT_EQ(progress.lengthening, base::Seconds(180.0));
}

TEST_F(TodayTest, IsSilentOfAChangeWithinTheNoiseAndTellsALargerOne) {
  for (const double day : {0.0, 2.0, 4.0}) practise(day, 100.0);
  for (const double day : {20.0, 22.0, 24.0}) practise(day, 102.0);
  EXPECT_THAT(records::progress(*records_, person_, on_day(25.0)).value().changed, IsEmpty());
  for (const double day : {30.0, 32.0, 34.0}) practise(day, 118.0);
  EXPECT_THAT(records::progress(*records_, person_, on_day(35.0)).value().changed,
              ElementsAre(HasSubstr("14 degrees further")));
}

TEST(WallClock, TellsDaysByTheClockOnTheWall) {
  const records::Instant late{1'767'654'000};  // 5 January 2026, 23:00 UTC
  EXPECT_EQ(records::iso_text(late, 60), "2026-01-06T00:00:00+01:00");
  EXPECT_EQ(records::iso_text(late, -330), "2026-01-05T17:30:00-05:30");
  EXPECT_EQ(records::day_of(late, 60), records::day_of(late, 0) + 1);
  EXPECT_EQ(records::calendar_text(late), "20260105T230000Z");
  EXPECT_EQ(records::iso_text({-1}, 0), "1969-12-31T23:59:59+00:00");
  for (std::int64_t day = -10; day < 10; ++day) {
    const std::int64_t monday = records::monday_of(day);
    EXPECT_LE(monday, day);
    EXPECT_GT(monday + 7, day);
    EXPECT_EQ(records::monday_of(monday), monday);
  }
}

}  // namespace
}  // namespace matside::records_test
