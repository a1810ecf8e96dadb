#include "core/exercise/definition.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "tests/support/exercise.h"

namespace matside::exercise {
namespace {

const Definition& kick() { return support::single_leg_kick(); }

TEST(FindInDefinition, gives_each_part_by_its_name_and_null_for_others) {
  for (const Level& level : kick().levels) EXPECT_EQ(kick().level(level.number), &level);
  for (const Fault& fault : kick().faults) EXPECT_EQ(kick().fault(fault.id), &fault);
  for (const FaultText& words : kick().words)
    EXPECT_EQ(kick().words_for(words.fault_id), &words);
  for (const Phrase& phrase : kick().phrases) EXPECT_EQ(kick().phrase(phrase.id), &phrase);
  EXPECT_EQ(kick().level(-1), nullptr);
  EXPECT_EQ(kick().level(99), nullptr);
  EXPECT_EQ(kick().fault("nonsense"), nullptr);
  EXPECT_EQ(kick().words_for(""), nullptr);
  EXPECT_EQ(kick().phrase("nonsense"), nullptr);
}

TEST(FindInDefinition, of_an_empty_one_is_null) {
  const Definition empty;
  EXPECT_EQ(empty.level(0), nullptr);
  EXPECT_EQ(empty.fault("hips_lift"), nullptr);
  EXPECT_EQ(empty.fault_of(Signal::hip_rise), nullptr);
  EXPECT_EQ(empty.highest_level(), -1);
}

TEST(FindInDefinition, the_highest_level_is_one_and_none_is_higher) {
  ASSERT_NE(kick().level(kick().highest_level()), nullptr);
  for (const Level& level : kick().levels) EXPECT_LE(level.number, kick().highest_level());
}

TEST(FindInDefinition, a_fault_by_its_signal_has_that_signal) {
  for (const Fault& fault : kick().faults) {
    const Fault* found = kick().fault_of(fault.signal);
    ASSERT_NE(found, nullptr) << fault.id;
    EXPECT_EQ(found->signal, fault.signal);
  }
}

TEST(AppliesAt, only_the_levels_listed) {
  Fault fault;
  EXPECT_FALSE(fault.applies_at(0));
  fault.levels = {1, 3};
  for (int level = -1; level <= 5; ++level) {
    EXPECT_EQ(fault.applies_at(level), level == 1 || level == 3) << level;
  }
}

TEST(TheExercise, has_ids_that_differ_and_words_for_every_fault) {
  std::set<std::string> ids;
  for (const Fault& fault : kick().faults) {
    EXPECT_TRUE(ids.insert(fault.id).second) << fault.id;
    const FaultText* words = kick().words_for(fault.id);
    ASSERT_NE(words, nullptr) << fault.id;
    for (const std::string& text : {words->name, words->cue, words->advice, words->praise}) {
      EXPECT_FALSE(text.empty()) << fault.id;
    }
    EXPECT_FALSE(fault.levels.empty()) << fault.id;
    for (const int level : fault.levels) EXPECT_NE(kick().level(level), nullptr) << fault.id;
  }
}

TEST(TheExercise, has_levels_whose_borders_are_in_order) {
  for (const Level& level : kick().levels) {
    EXPECT_LT(level.trunk_min.value, level.trunk_max.value) << level.number;
    EXPECT_LT(level.knee_min.value, level.knee_aim.value) << level.number;
    EXPECT_LT(level.knee_aim.value, level.knee_cap.value) << level.number;
    EXPECT_GT(level.knee_min.value, kick().repetition.counted_bend.value) << level.number;
    EXPECT_GE(level.kicks, 1) << level.number;
    EXPECT_LE(level.repetitions_start, level.repetitions_goal) << level.number;
    EXPECT_LE(level.repetitions_goal, kick().coaching.repetitions_max.value) << level.number;
  }
}

// A leg must be able to leave rest, count and come back.
TEST(TheExercise, has_repetition_rules_in_order) {
  const RepetitionRules& rules = kick().repetition;
  EXPECT_LT(rules.rest_below.value, rules.start_near.value);
  EXPECT_LE(rules.start_near.value, rules.start_far.value);
  EXPECT_LT(rules.start_far.value, rules.counted_bend.value);
  EXPECT_LT(rules.kick_interval_min.value, rules.kick_interval_max.value);
  EXPECT_LT(rules.kick_interval_max.value, rules.longest.value);
}

// A fault that has begun ends nearer to rest than it begins.
TEST(TheExercise, ends_each_fault_within_its_border) {
  for (const Fault& fault : kick().faults) {
    if (!fault.off) continue;
    EXPECT_LT(std::abs(fault.off->value), std::abs(fault.on.value)) << fault.id;
    EXPECT_GE(fault.off->value * fault.on.value, 0.0) << fault.id;
    EXPECT_EQ(fault.off->unit, fault.on.unit) << fault.id;
  }
}

}  // namespace
}  // namespace matside::exercise
