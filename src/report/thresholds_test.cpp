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

}  // namespace
}  // namespace matside::report
