#include "core/exercise/movement_onset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace matside::exercise {
namespace {

using base::Seconds;
using signal::Sample;

double least_jerk(double x) { return x * x * x * (10.0 + x * (-15.0 + 6.0 * x)); }

// Rest, a rise to 100 from 1.0 s on, and a fall over `fall_s` that begins at 3.0 s.
std::vector<Sample> rise_and_fall(double rise_s, double fall_s) {
  std::vector<Sample> samples;
  for (double t = 0.0; t < 3.0 + fall_s + 0.5; t += 1.0 / 30.0) {
    double value = 0.0;
    if (t > 1.0) value = 100.0 * least_jerk(std::min(1.0, (t - 1.0) / rise_s));
    if (t > 3.0) value = 100.0 - 100.0 * least_jerk(std::min(1.0, (t - 3.0) / fall_s));
    samples.push_back({Seconds(t), value});
  }
  return samples;
}

TEST(MovementOnset, of_a_movement_are_where_it_starts_and_stops) {
  for (const double length_s : {0.5, 1.0, 2.0}) {
    const auto samples = rise_and_fall(std::min(length_s, 1.5), length_s);
    const auto began = movement_onset(samples, {Seconds(2.9), 100.0, true});
    const auto ended = movement_offset(samples, {Seconds(2.9), 100.0, true});
    ASSERT_TRUE(began && ended);
    EXPECT_NEAR(began->value(), 1.0, 0.03) << length_s;
    EXPECT_NEAR(ended->value(), 3.0 + length_s, 0.03) << length_s;
  }
}

TEST(MovementOnset, hardly_depend_on_a_foot_that_is_not_quite_down) {
  auto samples = rise_and_fall(1.0, 2.0);
  for (Sample& s : samples) s.value = std::max(s.value, 6.0);
  const auto ended = movement_offset(samples, {Seconds(2.9), 100.0, true});
  ASSERT_TRUE(ended);
  EXPECT_NEAR(ended->value(), 5.0, 0.05);
}

TEST(MovementOnset, are_unknown_where_the_middle_of_the_movement_is_not_seen) {
  const auto samples = rise_and_fall(1.0, 2.0);
  const std::vector<Sample> late(samples.begin() + 60, samples.end());
  EXPECT_FALSE(movement_onset(late, {Seconds(2.9), 100.0, true}));
  const std::vector<Sample> early(samples.begin(), samples.begin() + 110);
  EXPECT_FALSE(movement_offset(early, {Seconds(2.9), 100.0, true}));
  EXPECT_FALSE(movement_offset({}, {Seconds(2.9), 100.0, true}));
}

}  // namespace
}  // namespace matside::exercise
