// Repetitions of both legs together, or of none alone.
#include <gmock/gmock.h>

#include <vector>

#include "core/plan/plan.h"
#include "tests/support/exercise.h"

namespace matside::plan {
namespace {

using ::testing::Contains;

constexpr Instant kStart{1'767'600'000};

/// What is planned three days after a first practice with that many repetitions of both legs.
Next after(int both, int clean) {
  PracticeRecord record;
  record.exercise = support::single_leg_kick().id;
  record.start = kStart;
  record.goal_repetitions = support::single_leg_kick().level(0)->repetitions_start;
  record.both = both;
  record.clean = clean;
  record.comfort_before = record.comfort_after = 1;
  record.next_day = NextDay::same;
  return next_practice(std::vector{record}, after_hours(kStart, 72.0),
                       support::single_leg_kick(), support::plan_rules());
}

TEST(BothLegs, CountForEachSide) {
  const int start = support::single_leg_kick().level(0)->repetitions_start;
  EXPECT_EQ(after(start, start).repetitions, start + 1);
  EXPECT_THAT(after(start, start).reasons, Contains(DecisionReason::one_more));
  EXPECT_EQ(after(start - 1, start - 1).repetitions, start);
  EXPECT_THAT(after(start - 1, start - 1).reasons, Contains(DecisionReason::not_all_done));
}

TEST(BothLegs, AreCleanByTheirOwnNumber) {
  const int start = support::single_leg_kick().level(0)->repetitions_start;
  EXPECT_THAT(after(start, start * 3 / 4).reasons, Contains(DecisionReason::not_clean_enough));
}

}  // namespace
}  // namespace matside::plan
