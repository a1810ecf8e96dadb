#include "core/exercise/measured_value.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/exercise/set_measures.h"

namespace matside::exercise {
namespace {

TEST(Difference, is_not_significant_below_its_noise) {
  const Measured a{100.0, 3.0, 0.0};
  EXPECT_FALSE(difference(a, {92.0, 4.0, 0.0}, SharedError::nothing).distinguishable);
  const Difference clear = difference(a, {90.0, 4.0, 0.0}, SharedError::nothing);
  EXPECT_TRUE(clear.distinguishable);
  EXPECT_DOUBLE_EQ(clear.value, 10.0);
  EXPECT_DOUBLE_EQ(clear.deviation, 5.0);
  EXPECT_TRUE(difference({90.0, 4.0, 0.0}, a, SharedError::nothing).distinguishable);
}

TEST(Difference, is_free_of_shared_errors) {
  const Measured earlier{100.0, 3.0, 12.0};
  const Measured later{88.0, 4.0, 9.0};
  EXPECT_DOUBLE_EQ(difference(later, earlier, SharedError::systematic).deviation, 5.0);
  EXPECT_TRUE(difference(later, earlier, SharedError::systematic).distinguishable);
  EXPECT_DOUBLE_EQ(difference(later, earlier, SharedError::nothing).deviation,
                   std::hypot(5.0, 15.0));
  EXPECT_FALSE(difference(later, earlier, SharedError::nothing).distinguishable);
}

SetMeasures measured_set(const std::vector<Repetition>& repetitions) {
  MeasurementRules rules;
  rules.rhythm_repetitions_min.value = 3.0;
  rules.leg_repetitions_min.value = 2.0;
  return measure_set(repetitions, rules);
}

Repetition with_bend(KickingSide side, double bend_deg, double random = 2.0,
                     double systematic = 5.0) {
  Repetition out;
  out.side = side;
  out.measures.greatest_bend_deg = {bend_deg, random, systematic};
  return out;
}

TEST(MeasureSet, of_nothing_has_nothing) {
  const SetMeasures empty = measured_set({});
  EXPECT_FALSE(empty.mean.greatest_bend_deg);
  EXPECT_FALSE(empty.greatest_bend_median_deg);
  EXPECT_FALSE(empty.greatest_bend_best_deg);
  EXPECT_FALSE(empty.rhythm_variation);
  EXPECT_FALSE(empty.bend_symmetry);
  EXPECT_FALSE(empty.bend_change_deg);
  const std::vector<Repetition> unmeasured(5);
  EXPECT_FALSE(measured_set(unmeasured).mean.greatest_bend_deg);
  EXPECT_FALSE(measured_set(unmeasured).rhythm_variation);
}

TEST(MeasureSet, means_have_the_standard_error_and_keep_shared_errors) {
  const std::vector<Repetition> repetitions{
      with_bend(KickingSide::left, 90.0), with_bend(KickingSide::right, 100.0),
      with_bend(KickingSide::left, 95.0), with_bend(KickingSide::unsure, 115.0)};
  const SetMeasures set = measured_set(repetitions);
  const Measured& mean = *set.mean.greatest_bend_deg;
  EXPECT_DOUBLE_EQ(mean.value, 100.0);
  EXPECT_NEAR(mean.random, std::sqrt(350.0 / 3.0 / 4.0), 1e-9);
  EXPECT_DOUBLE_EQ(mean.systematic, 5.0);
  EXPECT_DOUBLE_EQ(set.greatest_bend_median_deg->value, 97.5);
  EXPECT_DOUBLE_EQ(set.greatest_bend_best_deg->value, 115.0);
  EXPECT_DOUBLE_EQ(set.left.greatest_bend_deg->value, 92.5);
  EXPECT_DOUBLE_EQ(set.right.greatest_bend_deg->value, 100.0);
  EXPECT_DOUBLE_EQ(set.right.greatest_bend_deg->random, 2.0);
}

TEST(MeasureSet, values_that_agree_by_chance_are_no_more_certain_than_their_noise) {
  const std::vector<Repetition> repetitions(4, with_bend(KickingSide::left, 90.0));
  EXPECT_DOUBLE_EQ(measured_set(repetitions).mean.greatest_bend_deg->random, 1.0);
}

TEST(MeasureSet, compares_the_sides_only_where_each_was_seen_twice) {
  std::vector<Repetition> repetitions{
      with_bend(KickingSide::left, 80.0), with_bend(KickingSide::right, 110.0),
      with_bend(KickingSide::left, 82.0), with_bend(KickingSide::unsure, 111.0)};
  EXPECT_FALSE(measured_set(repetitions).bend_symmetry);
  repetitions.back().side = KickingSide::right;
  const auto symmetry = measured_set(repetitions).bend_symmetry;
  ASSERT_TRUE(symmetry);
  EXPECT_DOUBLE_EQ(symmetry->left_less_right.value, -29.5);
  EXPECT_TRUE(symmetry->left_less_right.distinguishable);
  EXPECT_NEAR(symmetry->index_percent.value, 100.0 * 29.5 / 95.75, 1e-9);
}

TEST(MeasureSet, has_no_rhythm_of_two_and_subtracts_noise_from_the_scatter) {
  std::vector<Repetition> repetitions(2);
  repetitions[0].measures.duration_s = {4.0, 0.3, 0.0};
  repetitions[1].measures.duration_s = {6.0, 0.3, 0.0};
  EXPECT_FALSE(measured_set(repetitions).rhythm_variation);
  repetitions.resize(3);
  repetitions[2].measures.duration_s = {5.0, 0.3, 0.0};
  const auto uneven = measured_set(repetitions).rhythm_variation;
  ASSERT_TRUE(uneven);
  EXPECT_NEAR(uneven->value, std::sqrt(1.0 - 0.09) / 5.0, 1e-9);
  for (Repetition& r : repetitions) r.measures.duration_s->random = 2.0;
  const auto unknown = measured_set(repetitions).rhythm_variation;
  EXPECT_DOUBLE_EQ(unknown->value, 0.0);
  EXPECT_GT(unknown->deviation(), 0.3);
}

}  // namespace
}  // namespace matside::exercise
