// Every rule of the plan by its name, and what holds whatever happens.
#include "core/plan/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "tests/support/exercise.h"
#include "tests/support/random.h"

namespace matside::plan {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

constexpr Instant kMonday{1'767'600'000};  // 5 January 2026, 8:00

Instant day(double days) { return after_hours(kMonday, 24.0 * days); }

Next next_of(const std::vector<PracticeRecord>& records, Instant now,
             const TeacherSetting& teacher = {},
             std::optional<Instant> asked_since = std::nullopt) {
  return next_practice(records, now, support::single_leg_kick(), support::plan_rules(), teacher,
                       asked_since);
}

/// As planned, clean, comfortable, and well the next day.
PracticeRecord good(Instant start, int level, int repetitions) {
  PracticeRecord record;
  record.exercise = support::single_leg_kick().id;
  record.start = start;
  record.level = level;
  record.goal_repetitions = record.left = record.right = repetitions;
  record.clean = 2 * repetitions;
  record.comfort_before = record.comfort_after = 1;
  record.next_day = NextDay::same;
  return record;
}

/// Somebody who does what the plan says, every other day.
class Person {
 public:
  Next plan() const { return next_of(records, now); }
  PracticeRecord as_planned() const {
    const Next next = plan();
    return good(now, next.level, next.repetitions);
  }
  void does(const PracticeRecord& record) {
    records.push_back(record);
    now = after_hours(record.start, 60.0);
  }
  void goes_well(int times = 1) {
    for (int i = 0; i < times; ++i) does(as_planned());
  }
  /// Until the plan says this level and this many repetitions.
  void comes_to(int level, int repetitions) {
    for (int i = 0; i < 100; ++i) {
      const Next next = plan();
      if (next.level == level && next.repetitions == repetitions) return;
      goes_well();
    }
    FAIL() << "never at level " << level;
  }

  std::vector<PracticeRecord> records;
  Instant now = kMonday;
};

const exercise::Level& level(int number) { return *support::single_leg_kick().level(number); }

TEST(Plan, first_practice_is_of_the_easiest_level) {
  const Next next = next_of({}, kMonday);
  EXPECT_EQ(next.level, 0);
  EXPECT_EQ(next.repetitions, level(0).repetitions_start);
  EXPECT_TRUE(next.today(kMonday));
  EXPECT_THAT(next.reasons, ElementsAre(DecisionReason::first_practice));
}

TEST(Plan, one_more_after_a_good_practice) {
  Person p;
  p.goes_well();
  EXPECT_EQ(p.plan().repetitions, level(0).repetitions_start + 1);
  EXPECT_THAT(p.plan().reasons, Contains(DecisionReason::one_more));
}

TEST(Plan, goal_kept_until_there_were_three_good_practices_at_it) {
  Person p;
  p.comes_to(0, level(0).repetitions_goal);
  p.goes_well(2);
  EXPECT_EQ(p.plan().level, 0);
  EXPECT_EQ(p.plan().repetitions, level(0).repetitions_goal);
  EXPECT_THAT(p.plan().reasons, Contains(DecisionReason::goal_kept));
}

TEST(Plan, level_up_after_three_good_practices_at_the_goal) {
  Person p;
  p.comes_to(0, level(0).repetitions_goal);
  p.goes_well(3);
  EXPECT_EQ(p.plan().level, 1);
  EXPECT_EQ(p.plan().repetitions, level(1).repetitions_start);
  EXPECT_THAT(p.plan().reasons, Contains(DecisionReason::level_up));
}

TEST(Plan, level_up_waits_for_a_week_after_the_last_one) {
  exercise::Definition short_levels = support::single_leg_kick();
  for (exercise::Level& each : short_levels.levels)
    each.repetitions_goal = each.repetitions_start;
  Rules eager = support::plan_rules();
  eager.good_to_promote.value = 1;
  std::vector<PracticeRecord> records{good(kMonday, 0, level(0).repetitions_start)};
  EXPECT_EQ(next_practice(records, day(2), short_levels, eager).level, 1);
  records.push_back(good(day(3), 1, level(1).repetitions_start));
  const Next waits = next_practice(records, day(5), short_levels, eager);
  EXPECT_EQ(waits.level, 1);
  EXPECT_THAT(waits.reasons, Contains(DecisionReason::level_up_waits));
  records.push_back(good(day(7), 1, level(1).repetitions_start));
  EXPECT_EQ(next_practice(records, day(9), short_levels, eager).level, 2);
}

TEST(Plan, not_all_done_holds) {
  Person p;
  PracticeRecord record = p.as_planned();
  record.right -= 1;
  p.does(record);
  EXPECT_EQ(p.plan().repetitions, level(0).repetitions_start);
  EXPECT_THAT(p.plan().reasons, Contains(DecisionReason::not_all_done));
}

TEST(Plan, not_clean_enough_holds) {
  Person p;
  PracticeRecord record = p.as_planned();
  record.clean = 6;  // of 8: 75 %
  p.does(record);
  EXPECT_EQ(p.plan().repetitions, level(0).repetitions_start);
  EXPECT_THAT(p.plan().reasons, Contains(DecisionReason::not_clean_enough));
}

TEST(Plan, not_clean_enough_breaks_the_row_of_good_practices) {
  Person p;
  p.comes_to(0, level(0).repetitions_goal);
  p.goes_well(2);
  PracticeRecord record = p.as_planned();
  record.clean = 0;
  p.does(record);
  p.goes_well(2);
  EXPECT_EQ(p.plan().level, 0);
  p.goes_well();
  EXPECT_EQ(p.plan().level, 1);
}

TEST(Plan, next_day_unknown_holds_and_breaks_no_row) {
  Person p;
  PracticeRecord record = p.as_planned();
  record.next_day = NextDay::unanswered;
  p.does(record);
  EXPECT_EQ(p.plan().repetitions, level(0).repetitions_start);
  EXPECT_THAT(p.plan().reasons, Contains(DecisionReason::next_day_unknown));
}

TEST(Plan, too_soon_gives_no_progress) {
  Person p;
  p.goes_well();
  PracticeRecord record = p.as_planned();
  record.start = after_hours(p.records.back().start, 47.9);
  p.does(record);
  EXPECT_EQ(p.plan().repetitions, level(0).repetitions_start + 1);
  EXPECT_THAT(p.plan().reasons, Contains(DecisionReason::too_soon));
}

TEST(Plan, comfort_held_where_it_was_a_point_worse) {
  Person p;
  PracticeRecord record = p.as_planned();
  record.comfort_after = 2;
  p.does(record);
  EXPECT_EQ(p.plan().repetitions, level(0).repetitions_start);
  EXPECT_THAT(p.plan().reasons, Contains(DecisionReason::comfort_held));
}

TEST(Plan, comfort_down_where_it_was_two_points_worse) {
  Person p;
  p.comes_to(1, 6);
  PracticeRecord record = p.as_planned();
  record.comfort_after = 3;
  p.does(record);
  EXPECT_EQ(p.plan().level, 0);
  EXPECT_THAT(p.plan().reasons, Contains(DecisionReason::comfort_down));
}

TEST(Plan, comfort_down_from_four_points_on_if_it_was_worse) {
  Person p;
  p.comes_to(1, 6);
  PracticeRecord record = p.as_planned();
  record.comfort_before = 3;
  record.comfort_after = 4;
  p.does(record);
  EXPECT_EQ(p.plan().level, 0);
  Person steady;
  steady.comes_to(1, 6);
  record = steady.as_planned();
  record.comfort_before = record.comfort_after = 4;
  steady.does(record);
  EXPECT_EQ(steady.plan().level, 1);
}

TEST(Plan, comfort_down_where_discomfort_ended_it) {
  Person p;
  p.comes_to(1, 6);
  PracticeRecord record = p.as_planned();
  record.discomfort = true;
  p.does(record);
  EXPECT_EQ(p.plan().level, 0);
  EXPECT_EQ(p.plan().repetitions, level(0).repetitions_start);
}

TEST(Plan, leg_symptoms_step_back_and_ask_for_advice_first) {
  Person p;
  p.comes_to(1, 6);
  PracticeRecord record = p.as_planned();
  record.leg_symptoms = true;
  p.does(record);
  EXPECT_EQ(p.plan().level, 0);
  EXPECT_TRUE(p.plan().ask_first);
  EXPECT_FALSE(p.plan().today(day(300)));
  EXPECT_THAT(p.plan().reasons, ElementsAre(DecisionReason::leg_symptoms));
  EXPECT_TRUE(choices(p.plan(), false, support::single_leg_kick()).empty());
  EXPECT_TRUE(choices(p.plan(), true, support::single_leg_kick()).empty());
  EXPECT_FALSE(next_of(p.records, p.now, {}, p.now).ask_first) << "a professional agrees";
}

TEST(Plan, leg_symptoms_are_all_that_is_said_until_a_professional_agrees) {
  Person p;
  p.comes_to(1, 6);
  PracticeRecord record = p.as_planned();
  record.leg_symptoms = true;
  p.does(record);
  p.does(good(p.now, 3, 4));
  for (const std::optional<int> teacher : {std::optional<int>(), std::optional(2)}) {
    const Next next = next_of(p.records, p.now, {.level = teacher});
    EXPECT_TRUE(next.ask_first);
    EXPECT_THAT(next.reasons, ElementsAre(DecisionReason::leg_symptoms));
  }
  for (int i = 0; i < 2; ++i) {
    record = p.as_planned();
    record.next_day = NextDay::worse;
    p.does(record);
  }
  EXPECT_THAT(p.plan().reasons, ElementsAre(DecisionReason::leg_symptoms));
}

TEST(Plan, next_day_worse_steps_back_and_rests_a_day_longer) {
  Person p;
  p.comes_to(1, 6);
  PracticeRecord record = p.as_planned();
  record.next_day = NextDay::worse;
  p.does(record);
  EXPECT_EQ(p.plan().level, 0);
  EXPECT_FALSE(p.plan().ask_first);
  EXPECT_EQ(hours_between(record.start, p.plan().not_before), 72.0);
}

TEST(Plan, worse_again_asks_for_advice_first) {
  Person p;
  for (int i = 0; i < 2; ++i) {
    PracticeRecord record = p.as_planned();
    record.start = after_hours(record.start, 24.0);
    record.next_day = NextDay::worse;
    p.does(record);
  }
  EXPECT_TRUE(p.plan().ask_first);
  EXPECT_THAT(p.plan().reasons, ElementsAre(DecisionReason::worse_again));
}

TEST(Plan, own_step_down_is_followed) {
  Person p;
  p.comes_to(2, 6);
  p.does(good(p.now, 0, level(0).repetitions_start));
  EXPECT_EQ(p.plan().level, 0);
  EXPECT_THAT(p.plan().reasons, Contains(DecisionReason::own_step_down));
}

TEST(Plan, beyond_plan_raises_nothing) {
  Person p;
  p.does(good(p.now, 3, 10));
  EXPECT_EQ(p.plan().level, 0);
  EXPECT_EQ(p.plan().repetitions, level(0).repetitions_start);
  EXPECT_THAT(p.plan().reasons, Contains(DecisionReason::beyond_plan));
}

TEST(Plan, a_level_set_by_a_teacher_is_not_called_beyond_the_plan) {
  Person p;
  p.does(good(p.now, 3, 10));
  const Next next = next_of(p.records, p.now, {.level = 3});
  EXPECT_THAT(next.reasons, Contains(DecisionReason::teacher));
  EXPECT_THAT(next.reasons, Not(Contains(DecisionReason::beyond_plan)));
}

TEST(Plan, a_level_set_by_a_teacher_is_explained_by_nothing_else) {
  Person p;
  p.comes_to(1, 6);
  const auto reasons = [&] { return next_of(p.records, p.now, {.level = 2}).reasons; };
  EXPECT_THAT(reasons(), ElementsAre(DecisionReason::teacher, DecisionReason::rest))
      << "not one more repetition, since the level is another";
  p.does(good(p.now, 0, level(0).repetitions_start));
  EXPECT_THAT(reasons(), ElementsAre(DecisionReason::teacher, DecisionReason::rest))
      << "not the level that the person chose";
  PracticeRecord record = p.as_planned();
  record.discomfort = true;
  p.does(record);
  EXPECT_THAT(reasons(), Not(Contains(DecisionReason::teacher)));
  EXPECT_THAT(reasons(), Contains(DecisionReason::comfort_down));
}

TEST(Plan, weeks_missed_step_back_gently) {
  Person p;
  p.comes_to(1, 8);
  const Next next = next_of(p.records, after_hours(p.records.back().start, 24.0 * 15));
  EXPECT_EQ(next.level, 1);
  EXPECT_EQ(next.repetitions, 6);
  EXPECT_THAT(next.reasons, Contains(DecisionReason::weeks_missed));
}

TEST(Plan, long_missed_steps_a_level_down) {
  Person p;
  p.comes_to(1, 8);
  const Next next = next_of(p.records, after_hours(p.records.back().start, 24.0 * 30));
  EXPECT_EQ(next.level, 0);
  EXPECT_THAT(next.reasons, Contains(DecisionReason::long_missed));
}

TEST(Plan, teacher_may_hold_or_skip_a_level_but_not_comfort) {
  Person p;
  p.comes_to(1, 6);
  EXPECT_EQ(next_of(p.records, p.now, {.level = 3}).level, 3);
  EXPECT_EQ(next_of(p.records, p.now, {.level = 0}).level, 0);
  EXPECT_THAT(next_of(p.records, p.now, {.level = 0}).reasons,
              Contains(DecisionReason::teacher));
  PracticeRecord record = p.as_planned();
  record.discomfort = true;
  p.does(record);
  EXPECT_EQ(next_of(p.records, p.now, {.level = 3}).level, 0);
}

TEST(Plan, rest_of_two_days) {
  Person p;
  p.goes_well();
  const Next next = p.plan();
  EXPECT_EQ(hours_between(p.records.back().start, next.not_before), 48.0);
  EXPECT_FALSE(next.today(after_hours(p.records.back().start, 47.0)));
  EXPECT_TRUE(next.today(after_hours(p.records.back().start, 48.0)));
  EXPECT_THAT(next.reasons, Contains(DecisionReason::rest));
}

TEST(Plan, week_full_after_three_practices_in_seven_days) {
  std::vector<PracticeRecord> records;
  for (const double at : {0.0, 2.0, 4.0}) records.push_back(good(day(at), 0, 4));
  const Next next = next_of(records, day(6));
  EXPECT_EQ(next.not_before, day(7));
  EXPECT_THAT(next.reasons, Contains(DecisionReason::week_full));
}

TEST(Plan, clock_back_gives_a_warning_and_changes_nothing_else) {
  Person p;
  p.comes_to(1, 6);
  const Next now = p.plan();
  const Next before = next_of(p.records, Instant{0});
  EXPECT_EQ(before.level, now.level);
  EXPECT_EQ(before.repetitions, now.repetitions);
  EXPECT_EQ(before.not_before, now.not_before);
  EXPECT_THAT(before.reasons, Contains(DecisionReason::clock_back));
}

TEST(Plan, may_not_start_today_with_discomfort) {
  const Rules& rules = support::plan_rules();
  EXPECT_TRUE(may_start(5, std::nullopt, rules));
  EXPECT_FALSE(may_start(6, std::nullopt, rules));
  EXPECT_TRUE(may_start(3, 2, rules));
  EXPECT_FALSE(may_start(4, 2, rules));
}

TEST(Plan, RestsFromAFixedDiscomfortOrARiseOverTheLastPractice) {
  const Rules& rules = support::plan_rules();
  EXPECT_EQ(rest_from(std::nullopt, rules), 6);
  EXPECT_EQ(rest_from(2, rules), 4);
  EXPECT_EQ(rest_from(9, rules), 6);
  for (int last = 0; last <= 10; ++last) {
    for (int now = 0; now <= 10; ++now) {
      EXPECT_EQ(may_start(now, last, rules), now < rest_from(last, rules))
          << now << " " << last;
    }
  }
}

TEST(Plan, OffersThePlannedLevelAndEveryEasierOne) {
  const exercise::Definition& exercise = support::single_leg_kick();
  const auto goal = [&](int level) { return exercise.level(level)->repetitions_goal; };
  Next next;
  next.level = 1;
  next.repetitions = 5;
  EXPECT_EQ(choices(next, false, exercise),
            (std::vector<Choice>{{0, goal(0), goal(0)}, {1, 5, 5}}));
  EXPECT_EQ(choices(next, true, exercise),
            (std::vector<Choice>{{0, goal(0), goal(0)}, {1, goal(1), goal(1)}}));
}

TEST(Plan, OffersEveryLevelWithoutAPlan) {
  const exercise::Definition& exercise = support::single_leg_kick();
  const std::vector<Choice> all = choices_without_plan(exercise);
  ASSERT_EQ(all.size(), exercise.levels.size());
  for (const Choice& each : all) {
    EXPECT_LE(each.repetitions, each.most);
    EXPECT_EQ(each.most, 20);
  }
}

/// Years of somebody who does all sorts of things.
std::vector<PracticeRecord> any_life(std::uint64_t seed) {
  support::Random random(seed);
  std::vector<PracticeRecord> records;
  Instant now = kMonday;
  for (int i = 0; i < 120; ++i) {
    const Next next = next_of(records, now);
    PracticeRecord record = good(now, next.level, next.repetitions);
    if (random.chance(0.1)) record.level = static_cast<int>(random.uniform(0.0, 3.99));
    if (random.chance(0.15)) record.clean /= 2;
    if (random.chance(0.1)) record.left /= 2;
    if (random.chance(0.1)) record.comfort_after = static_cast<int>(random.uniform(0.0, 10.99));
    if (random.chance(0.05)) record.discomfort = true;
    if (random.chance(0.02)) record.leg_symptoms = true;
    if (random.chance(0.1)) record.next_day = NextDay::worse;
    if (random.chance(0.1)) record.next_day = NextDay::unanswered;
    records.push_back(record);
    now = after_hours(
        now, random.chance(0.05) ? random.uniform(0.0, 2000.0) : random.uniform(1.0, 120.0));
  }
  return records;
}

TEST(Plan, keeps_its_invariants_in_random_histories) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const std::vector<PracticeRecord> life = any_life(seed);
    std::optional<Instant> promoted;
    int level_before = 0;
    for (std::size_t n = 1; n <= life.size(); ++n) {
      const std::vector<PracticeRecord> past(life.begin(),
                                             life.begin() + static_cast<std::ptrdiff_t>(n));
      const PracticeRecord& last = past.back();
      const Next next = next_of(past, last.start);
      ASSERT_GE(next.level, 0);
      ASSERT_LE(next.level, 3);
      ASSERT_GE(next.repetitions, level(next.level).repetitions_start);
      ASSERT_LE(next.repetitions, level(next.level).repetitions_goal);
      ASSERT_GE(hours_between(last.start, next.not_before), 48.0);
      ASSERT_LE(next.level, level_before + 1) << "one level at a time";
      const bool bad = last.discomfort || last.leg_symptoms ||
                       last.next_day == NextDay::worse || *last.comfort_after > 2;
      if (bad) {
        ASSERT_LE(next.level, level_before) << "never up after discomfort";
      }
      if (next.level > level_before) {
        if (promoted) {
          ASSERT_GE(hours_between(*promoted, last.start), 7.0 * 24.0);
        }
        promoted = last.start;
      }
      level_before = next.level;
    }
  }
}

TEST(Plan, is_the_same_for_the_same_records_in_any_order) {
  std::vector<PracticeRecord> life = any_life(7);
  const Next once = next_of(life, day(1000));
  std::ranges::reverse(life);
  const Next again = next_of(life, day(1000));
  EXPECT_EQ(once.level, again.level);
  EXPECT_EQ(once.repetitions, again.repetitions);
  EXPECT_EQ(once.not_before, again.not_before);
  EXPECT_EQ(once.reasons, again.reasons);
}

TEST(Plan, has_words_for_every_reason) {
  for (int r = 0; r < kDecisionReasonCount; ++r) {
    const auto& words = support::single_leg_kick().plan;
    EXPECT_TRUE(
        std::ranges::count(words, name(static_cast<DecisionReason>(r)), &exercise::Phrase::id));
  }
}

}  // namespace
}  // namespace matside::plan
