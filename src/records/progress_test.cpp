#include "records/progress.h"

#include <gmock/gmock.h>

#include <initializer_list>

#include "tests/records/records_fixture.h"
#include "tests/support/exercise.h"

namespace matside::records {
namespace {

using records_test::on_day;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ProgressTest : public records_test::RecordsTest {
 protected:
  void practise(std::initializer_list<double> days, double knee_deg = 100.0, int level = 0) {
    for (const double day : days) add_practice(start(day, level), {}, knee_deg);
  }
  Progress progress_on(double day) {
    return progress(*records_, person_, on_day(day), support::plan_rules()).value();
  }
};

TEST_F(ProgressTest, ShowsEveryWeekFromTheFirstToThisOne) {
  practise({0.0, 2.0, 15.0});
  const Progress progress = progress_on(22.0);
  ASSERT_THAT(progress.weeks, SizeIs(4));
  EXPECT_EQ(date_text(progress.weeks[0].monday), "2026-01-05");
  EXPECT_EQ(progress.weeks[0].practices, 2);
  EXPECT_EQ(progress.weeks[1].practices, 0);
  EXPECT_EQ(progress.weeks[2].practices, 1);
  EXPECT_EQ(progress.weeks[3].practices, 0);
}

TEST_F(ProgressTest, AddsUpTheTimeOfLengthening) {
  practise({0.0, 2.0, 4.0});
  EXPECT_EQ(progress_on(5.0).lengthening, base::Seconds(180.0));
}

TEST_F(ProgressTest, IsEmptyBeforeTheFirstPractice) {
  const Progress progress = progress_on(0.0);
  EXPECT_EQ(progress.person.name, "Ada");
  EXPECT_THAT(progress.practices, IsEmpty());
  EXPECT_THAT(progress.weeks, IsEmpty());
  EXPECT_THAT(progress.changed, IsEmpty());
}

TEST_F(ProgressTest, LeavesOutAPracticeWithoutActivity) {
  ASSERT_TRUE(records_->begin(start(0.0)));
  EXPECT_THAT(progress_on(1.0).practices, IsEmpty());
}

TEST_F(ProgressTest, RefusesAnUnknownPerson) {
  EXPECT_EQ(progress(*records_, person_ + 1, on_day(0.0), support::plan_rules()).error().kind,
            base::ErrorKind::not_found);
}

TEST_F(ProgressTest, ReportsAChangeOnlyBeyondTheMeasurementError) {
  practise({0.0, 2.0, 4.0}, 100.0);
  practise({20.0, 22.0, 24.0}, 102.0);
  EXPECT_THAT(progress_on(25.0).changed, IsEmpty());
  practise({30.0, 32.0, 34.0}, 118.0);
  EXPECT_THAT(progress_on(35.0).changed, ElementsAre(HasSubstr("14 degrees further")));
}

TEST_F(ProgressTest, ReportsALossAsALoss) {
  practise({0.0, 2.0, 4.0}, 118.0);
  practise({20.0, 22.0, 24.0, 26.0}, 100.0);
  EXPECT_THAT(progress_on(27.0).changed, ElementsAre(HasSubstr("18 degrees less")));
}

TEST_F(ProgressTest, ComparesOnlyPracticesOfTheSameLevel) {
  practise({0.0, 2.0, 4.0}, 80.0, 0);
  practise({20.0, 22.0, 24.0}, 118.0, 1);
  EXPECT_THAT(progress_on(25.0).changed, IsEmpty());
}

}  // namespace
}  // namespace matside::records
