#include "report/thresholds.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/exercise.h"

namespace matside::report {
namespace {

std::ptrdiff_t count_of(const std::vector<NamedThreshold>& all, std::string_view kind) {
  return std::ranges::count(all, kind, &NamedThreshold::of);
}

TEST(Thresholds, are_those_of_repetitions_of_the_level_and_of_its_faults) {
  const exercise::Definition& exercise = support::single_leg_kick();
  const auto all = thresholds(exercise, 1);
  EXPECT_EQ(count_of(all, "repetition"), 13);
  EXPECT_EQ(count_of(all, "level"), 8);
  for (const exercise::Fault& fault : exercise.faults) {
    const bool listed = std::ranges::count(all, fault.id, &NamedThreshold::fault_id) > 0;
    EXPECT_EQ(listed, fault.applies_at(1)) << fault.id;
  }
}

TEST(Thresholds, have_a_unit_a_source_and_a_value_of_the_exercise_file) {
  const exercise::Definition& exercise = support::single_leg_kick();
  int bends = 0;
  for (const NamedThreshold& each : thresholds(exercise, 2)) {
    EXPECT_FALSE(each.threshold.unit.empty()) << each.key;
    EXPECT_FALSE(each.threshold.source.empty()) << each.key;
    EXPECT_FALSE(name(each.threshold.status).empty());
    if (each.key == "counted_bend") {
      ++bends;
      EXPECT_EQ(each.threshold.value, exercise.repetition.counted_bend.value);
    }
  }
  EXPECT_EQ(bends, 1);
}

TEST(Thresholds, of_an_unknown_level_lack_those_of_the_level) {
  const auto all = thresholds(support::single_leg_kick(), 99);
  EXPECT_EQ(count_of(all, "level"), 0);
  EXPECT_EQ(count_of(all, "repetition"), 13);
}

TEST(Thresholds, of_a_cycle_are_those_of_its_file_at_the_level) {
  const exercise::Definition& swan = support::sister_move("swan-preparation");
  const auto all = thresholds(swan, 0);
  EXPECT_EQ(count_of(all, "repetition"), 8);
  EXPECT_EQ(count_of(all, "level"), 2);
  const auto too_high = std::ranges::find(all, "too_high", &NamedThreshold::fault_id);
  ASSERT_NE(too_high, all.end());
  EXPECT_EQ(too_high->key, "above");
  EXPECT_EQ(too_high->threshold.value, 20.0) << "of level 0, not of level 1";
  const auto small = std::ranges::find(all, "small_lift", &NamedThreshold::fault_id);
  ASSERT_NE(small, all.end());
  EXPECT_EQ(small->key, "below");
}

}  // namespace
}  // namespace matside::report
