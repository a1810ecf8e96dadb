#include "core/exercise/smoothness.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/support/kick_signals.h"

namespace matside::exercise {
namespace {

using base::Seconds;
using signal::Sample;

/// A lowering from 110 degrees of so many equal movements, each a third longer than it moves.
std::vector<Sample> lowering(int parts, double fps = 30.0, double length_s = 2.0) {
  std::vector<Sample> out;
  for (int i = 0; i <= static_cast<int>(fps * length_s); ++i) {
    const double part = i / fps / length_s * parts;
    const double whole = std::min(std::floor(part), parts - 1.0);
    const double done = (whole + support::least_jerk(1.5 * (part - whole))) / parts;
    out.push_back({Seconds(i / fps), 110.0 * (1.0 - done)});
  }
  return out;
}

double value(const std::vector<Sample>& samples) { return smoothness(samples).value_or(1e9); }

KneeNoise noise(double frame_deg, double drift_deg) {
  KneeNoise out;
  out.frame_deg = frame_deg;
  out.frames = 60.0;
  out.drift_deg = drift_deg;
  return out;
}

TEST(LoweringSmoothness, falls_with_every_stop_on_the_way) {
  double last = 0.0;
  for (const int parts : {1, 2, 3}) {
    EXPECT_LT(value(lowering(parts)), last - 0.3) << parts;
    last = value(lowering(parts));
  }
}

TEST(LoweringSmoothness, distinguishes_one_movement_from_three_at_any_duration) {
  for (const double length_s : {1.0, 2.0, 3.0}) {
    EXPECT_GT(value(lowering(1, 30.0, length_s)), -1.7) << length_s;
    EXPECT_LT(value(lowering(3, 30.0, length_s)), -3.0) << length_s;
  }
}

TEST(LoweringSmoothness, hardly_depends_on_the_frame_rate) {
  for (const int parts : {1, 2, 3}) {
    for (const double fps : {20.0, 60.0, 120.0}) {
      EXPECT_NEAR(value(lowering(parts, fps)), value(lowering(parts)), 0.15) << parts << fps;
    }
  }
}

TEST(LoweringSmoothness, does_not_depend_on_when_or_from_how_high) {
  auto samples = lowering(2);
  const double plain = value(samples);
  for (Sample& s : samples) s = {s.time + Seconds(64.0), 0.5 * s.value + 20.0};
  EXPECT_NEAR(value(samples), plain, 1e-6);
}

TEST(LoweringSmoothness, of_a_rise_is_that_of_the_same_fall) {
  auto samples = lowering(2);
  const double plain = value(samples);
  for (Sample& s : samples) s.value = 110.0 - s.value;
  EXPECT_NEAR(value(samples), plain, 1e-9);
}

TEST(LoweringSmoothness, is_absent_where_too_little_was_seen) {
  EXPECT_FALSE(smoothness({}));
  auto few = lowering(1);
  few.resize(5);
  EXPECT_FALSE(smoothness(few));
  auto gap = lowering(1);
  gap.erase(gap.begin() + 20, gap.begin() + 40);
  EXPECT_FALSE(smoothness(gap));
  EXPECT_FALSE(lowering_smoothness(gap, noise(1.0, 0.0)));
}

TEST(LoweringSmoothness, is_absent_where_the_knee_does_not_move) {
  std::vector<Sample> still;
  for (int i = 0; i < 60; ++i) still.push_back({Seconds(i / 30.0), 20.0});
  EXPECT_FALSE(smoothness(still));
  EXPECT_FALSE(lowering_smoothness(still, noise(1.0, 0.0)));
}

TEST(LoweringSmoothness, needs_the_weight_of_a_frame) {
  KneeNoise unseen = noise(1.0, 0.0);
  unseen.frames = 0.5;
  EXPECT_FALSE(lowering_smoothness(lowering(1), unseen));
}

TEST(LoweringSmoothness, has_the_same_value_with_every_noise_but_is_less_sure) {
  const auto samples = lowering(1);
  double last = -1.0;
  for (const double frame_deg : {0.0, 0.5, 2.0, 4.0}) {
    const auto measured = lowering_smoothness(samples, noise(frame_deg, 0.0));
    ASSERT_TRUE(measured);
    EXPECT_DOUBLE_EQ(measured->value, value(samples));
    EXPECT_GT(measured->random, last) << frame_deg;
    last = measured->random;
  }
}

TEST(LoweringSmoothness, without_noise_is_known_exactly_but_for_the_network) {
  KneeNoise network = noise(0.0, 0.0);
  network.network_deviation = 0.4;
  const auto measured = lowering_smoothness(lowering(1), network);
  ASSERT_TRUE(measured);
  EXPECT_NEAR(measured->random, 0.0, 1e-9);
  EXPECT_EQ(measured->systematic, 0.4);
}

TEST(LoweringSmoothness, slow_errors_count_as_well) {
  const auto calm = lowering_smoothness(lowering(1), noise(1.0, 0.0));
  const auto drifting = lowering_smoothness(lowering(1), noise(1.0, 3.0));
  ASSERT_TRUE(calm && drifting);
  EXPECT_GT(drifting->random, calm->random);
}

TEST(LoweringSmoothness, is_the_same_each_time) {
  const auto first = lowering_smoothness(lowering(2), noise(2.0, 1.0));
  const auto second = lowering_smoothness(lowering(2), noise(2.0, 1.0));
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->random, second->random);
}

}  // namespace
}  // namespace matside::exercise
