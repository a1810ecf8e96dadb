#include "core/signal/samples.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <numbers>
#include <optional>
#include <random>
#include <vector>

namespace matside::signal {
namespace {

using base::Seconds;

std::vector<Sample> each_second(std::initializer_list<double> values) {
  std::vector<Sample> out;
  for (const double v : values) out.push_back({Seconds(static_cast<double>(out.size())), v});
  return out;
}

std::vector<Sample> sampled(double rate_hz, double length_s, double (*f)(double)) {
  std::vector<Sample> out;
  for (int i = 0; i < static_cast<int>(rate_hz * length_s); ++i) {
    out.push_back({Seconds(i / rate_hz), f(i / rate_hz)});
  }
  return out;
}

std::vector<Sample> waves(int count) {
  std::vector<Sample> out;
  for (int i = 0; i < 300; ++i) {
    const double share = i / 300.0;
    out.push_back({Seconds(0.03 * i),
                   (20.0 + 60.0 * share) * std::sin(2.0 * std::numbers::pi * count * share)});
  }
  return out;
}

std::vector<double> normal_values(std::size_t count, double deviation) {
  std::mt19937 random(7);
  std::normal_distribution<double> normal(0.0, deviation);
  std::vector<double> out(count);
  for (double& v : out) v = normal(random);
  return out;
}

// By hand: sum of dt * dy = 5.5, sum of dt squared = 5.
TEST(SlopeOfSamples, is_the_least_squares_line_worked_out_by_hand) {
  EXPECT_NEAR(slope(each_second({1.0, 3.0, 2.0, 5.0})), 1.1, 1e-12);
}

TEST(SlopeOfSamples, is_that_of_the_line_at_uneven_times) {
  const std::vector<Sample> line{{Seconds(0.0), 1.0}, {Seconds(0.1), 3.0}, {Seconds(0.4), 9.0}};
  EXPECT_NEAR(slope(line), 20.0, 1e-9);
}

TEST(SlopeOfSamples, changes_only_with_what_is_steeper) {
  const auto plain = each_second({1.0, 3.0, 2.0, 5.0, 4.0});
  const double expected = slope(plain);
  auto moved = plain;
  for (Sample& s : moved) s = {s.time + Seconds(100.0), s.value - 40.0};
  EXPECT_NEAR(slope(moved), expected, 1e-9);
  auto scaled = plain;
  for (Sample& s : scaled) s.value *= -3.0;
  EXPECT_NEAR(slope(scaled), -3.0 * expected, 1e-12);
  auto slower = plain;
  for (Sample& s : slower) s.time = s.time * 2.0;
  EXPECT_NEAR(slope(slower), 0.5 * expected, 1e-12);
  auto shuffled = plain;
  std::ranges::reverse(shuffled);
  EXPECT_NEAR(slope(shuffled), expected, 1e-12);
}

TEST(SlopeOfSamples, is_zero_where_no_line_is_known) {
  EXPECT_EQ(slope({}), 0.0);
  EXPECT_EQ(slope(each_second({5.0})), 0.0);
  const std::vector<Sample> same_instant(3, {Seconds(2.0), 1.0});
  EXPECT_EQ(slope(same_instant), 0.0);
  EXPECT_EQ(slope(each_second({5.0, 5.0, 5.0})), 0.0);
}

struct TurnCase {
  const char* what;
  std::vector<double> values;
  std::vector<double> expected;  // the values at the turning points
};

TEST(TurningPointsOf, simple_courses_are_as_read_off_the_page) {
  const TurnCase cases[] = {
      {"nothing", {}, {}},
      {"one sample", {3.0}, {}},
      {"a constant", {3.0, 3.0, 3.0}, {}},
      {"a rise", {0.0, 10.0, 20.0}, {}},
      {"a fall", {20.0, 10.0, 0.0}, {}},
      {"a hill", {0.0, 20.0, 0.0}, {20.0}},
      {"a valley", {20.0, 0.0, 20.0}, {0.0}},
      {"a hill as high as the prominence", {0.0, 5.0, 0.0}, {5.0}},
      {"a hill just lower", {0.0, 4.999, 0.0}, {}},
      {"two hills", {0.0, 20.0, 8.0, 15.0, 0.0}, {20.0, 8.0, 15.0}},
      {"two hills with a shallow valley", {0.0, 20.0, 16.0, 18.0, 0.0}, {20.0}},
      {"the higher of two hills joined", {0.0, 16.0, 13.0, 20.0, 0.0}, {20.0}},
      {"a fall before the first hill", {9.0, 0.0, 20.0, 0.0}, {0.0, 20.0}},
      {"a hill cut off by the end", {0.0, 20.0, 17.0}, {}},
  };
  for (const TurnCase& c : cases) {
    std::vector<Sample> samples;
    for (const double v : c.values) {
      samples.push_back({Seconds(static_cast<double>(samples.size())), v});
    }
    std::vector<double> found;
    for (const Extremum& e : turning_points(samples, 5.0)) found.push_back(e.value);
    EXPECT_EQ(found, c.expected) << c.what;
  }
}

TEST(TurningPointsOf, a_plateau_turns_at_its_first_sample) {
  const auto points = turning_points(each_second({0.0, 10.0, 10.0, 10.0, 0.0}), 5.0);
  ASSERT_EQ(points.size(), 1U);
  EXPECT_EQ(points[0].time.value(), 1.0);
}

TEST(TurningPointsOf, waves_alternate_and_stand_out_from_each_other) {
  for (const int count : {1, 2, 5, 9}) {
    const auto samples = waves(count);
    const auto points = turning_points(samples, 10.0);
    ASSERT_GE(points.size(), static_cast<std::size_t>(2 * count - 1)) << count;
    for (std::size_t i = 1; i < points.size(); ++i) {
      EXPECT_NE(points[i].is_maximum, points[i - 1].is_maximum);
      EXPECT_GE(std::abs(points[i].value - points[i - 1].value), 10.0);
      EXPECT_GT(points[i].time, points[i - 1].time);
    }
  }
}

TEST(TurningPointsOf, two_kicks_have_a_valley_between) {
  const auto samples = sampled(30.0, 3.0, [](double t) {
    return 100.0 * std::sin(std::numbers::pi * t / 3.0) -
           20.0 * std::cos(4.0 * std::numbers::pi * t);
  });
  const auto points = turning_points(samples, 7.0);
  EXPECT_GE(std::ranges::count(points, true, &Extremum::is_maximum), 2);
  for (std::size_t i = 1; i < points.size(); ++i) {
    EXPECT_NE(points[i].is_maximum, points[i - 1].is_maximum);
  }
}

TEST(TurningPointsOf, ripples_below_the_prominence_are_ignored) {
  const auto samples = sampled(30.0, 3.0, [](double t) {
    return 100.0 * std::sin(std::numbers::pi * t / 3.0) + 3.0 * std::sin(40.0 * t);
  });
  const auto points = turning_points(samples, 7.0);
  ASSERT_EQ(points.size(), 1U);
  EXPECT_TRUE(points[0].is_maximum);
  EXPECT_NEAR(points[0].time.value(), 1.5, 0.15);
}

TEST(TurningPointsOf, a_signal_upside_down_has_its_hills_for_valleys) {
  auto samples = waves(4);
  const auto plain = turning_points(samples, 10.0);
  for (Sample& s : samples) s.value = -s.value;
  const auto flipped = turning_points(samples, 10.0);
  ASSERT_EQ(flipped.size(), plain.size());
  for (std::size_t i = 0; i < plain.size(); ++i) {
    EXPECT_EQ(flipped[i].time, plain[i].time);
    EXPECT_EQ(flipped[i].value, -plain[i].value);
    EXPECT_NE(flipped[i].is_maximum, plain[i].is_maximum);
  }
}

TEST(TurningPointsOf, a_signal_backward_has_the_same_ones) {
  const auto samples = waves(4);
  const auto plain = turning_points(samples, 10.0);
  std::vector<Sample> backward;
  for (auto s = samples.rbegin(); s != samples.rend(); ++s) {
    backward.push_back({-s->time, s->value});
  }
  auto reversed = turning_points(backward, 10.0);
  std::ranges::reverse(reversed);
  ASSERT_EQ(reversed.size(), plain.size());
  for (std::size_t i = 0; i < plain.size(); ++i) EXPECT_EQ(reversed[i].value, plain[i].value);
}

TEST(FallsThroughLevel, takes_the_first_of_several_crossings_after_the_start) {
  const auto samples = each_second({90.0, 10.0, 90.0, 50.0, 90.0, 0.0});
  EXPECT_NEAR(falling_crossing(samples, 70.0, Seconds(0.0))->value(), 0.25, 1e-12);
  EXPECT_NEAR(falling_crossing(samples, 70.0, Seconds(1.5))->value(), 2.5, 1e-12);
  EXPECT_NEAR(falling_crossing(samples, 30.0, Seconds(1.5))->value(), 4.0 + 60.0 / 90.0, 1e-12);
}

TEST(FallsThroughLevel, is_never_before_the_start) {
  const auto samples = each_second({90.0, 10.0});
  EXPECT_EQ(falling_crossing(samples, 70.0, Seconds(0.8))->value(), 0.8);
  EXPECT_EQ(falling_crossing(samples, 70.0, Seconds(1.2)), std::nullopt);
}

TEST(FallsThroughLevel, begins_at_a_sample_on_the_level_and_does_not_end_at_one) {
  EXPECT_EQ(falling_crossing(each_second({70.0, 60.0}), 70.0, Seconds(0.0))->value(), 0.0);
  EXPECT_EQ(falling_crossing(each_second({80.0, 70.0}), 70.0, Seconds(0.0)), std::nullopt);
}

TEST(FallsThroughLevel, is_absent_where_nothing_falls_through) {
  EXPECT_EQ(falling_crossing({}, 10.0, Seconds(0.0)), std::nullopt);
  EXPECT_EQ(falling_crossing(each_second({90.0}), 70.0, Seconds(0.0)), std::nullopt);
  EXPECT_EQ(falling_crossing(each_second({10.0, 50.0, 90.0}), 40.0, Seconds(0.0)),
            std::nullopt);
  EXPECT_EQ(falling_crossing(each_second({10.0, 5.0}), 40.0, Seconds(0.0)), std::nullopt);
}

TEST(FallsThroughLevel, moves_with_the_time_of_the_samples) {
  auto samples = waves(2);
  const auto plain = falling_crossing(samples, 5.0, Seconds(0.0));
  ASSERT_TRUE(plain);
  for (Sample& s : samples) s.time += Seconds(64.0);
  EXPECT_NEAR(falling_crossing(samples, 5.0, Seconds(64.0))->value(), plain->value() + 64.0,
              1e-9);
}

TEST(MedianOfValues, does_not_depend_on_their_order) {
  std::vector<double> values{-4.0, 8.0, 1.5, 8.0, 0.0};
  std::ranges::sort(values);
  do {
    std::vector<double> scratch = values;
    EXPECT_EQ(median(scratch), 1.5);
  } while (std::ranges::next_permutation(values).found);
}

TEST(MedianOfValues, halves_them_and_takes_the_mean_of_an_even_middle) {
  std::vector<double> none;
  EXPECT_EQ(median(none), std::nullopt);
  std::vector<double> one{3.5};
  EXPECT_EQ(median(one), 3.5);
  std::vector<double> two{10.0, -2.0};
  EXPECT_EQ(median(two), 4.0);
  std::vector<double> same(6, 2.0);
  EXPECT_EQ(median(same), 2.0);
  for (std::size_t count = 1; count <= 60; ++count) {
    std::vector<double> values = normal_values(count, 3.0);
    const double middle = median(values).value_or(1e9);
    const auto below = std::ranges::count_if(values, [&](double v) { return v < middle; });
    const auto above = std::ranges::count_if(values, [&](double v) { return v > middle; });
    EXPECT_EQ(below, above) << count;
  }
}

// The middle distance from 3 is 1; 1.4826 makes that a normal distribution's deviation.
TEST(RobustDeviation, is_the_scaled_median_distance_and_ignores_a_wild_value) {
  EXPECT_DOUBLE_EQ(robust_deviation(std::vector{1.0, 2.0, 3.0, 4.0, 5.0}), 1.4826);
  EXPECT_DOUBLE_EQ(robust_deviation(std::vector{1.0, 2.0, 3.0, 4.0, 1e9}), 1.4826);
}

TEST(RobustDeviation, of_a_normal_distribution_is_its_own) {
  const auto values = normal_values(20'000, 4.0);
  EXPECT_NEAR(robust_deviation(values), 4.0, 0.15);
}

TEST(RobustDeviation, ignores_where_the_values_are_and_grows_with_their_unit) {
  auto values = normal_values(101, 2.0);
  const double plain = robust_deviation(values);
  for (double& v : values) v = -5.0 * v + 1000.0;
  EXPECT_NEAR(robust_deviation(values), 5.0 * plain, 1e-9);
  EXPECT_EQ(robust_deviation({}), 0.0);
  EXPECT_EQ(robust_deviation(std::vector{8.0}), 0.0);
  EXPECT_EQ(robust_deviation(std::vector(9, 8.0)), 0.0);
}

std::vector<WeightedSample> noisy_line(std::size_t count, double deviation,
                                       double slope_per_s) {
  std::vector<WeightedSample> out;
  for (const double noise : normal_values(count, deviation)) {
    const double t = static_cast<double>(out.size()) / 30.0;
    out.push_back({Seconds(t), slope_per_s * t + noise, 1.0});
  }
  return out;
}

TEST(SamplingNoiseOf, white_noise_is_its_deviation_whatever_the_slope) {
  for (const double slope_per_s : {-200.0, 0.0, 90.0}) {
    EXPECT_NEAR(sampling_noise(noisy_line(20'000, 2.0, slope_per_s)), 2.0, 0.08) << slope_per_s;
  }
}

TEST(SamplingNoiseOf, every_other_sample_up_and_down_is_large) {
  std::vector<WeightedSample> samples;
  for (int i = 0; i < 90; ++i) {
    samples.push_back({Seconds(i / 30.0), i % 2 == 0 ? 1.0 : -1.0, 1.0});
  }
  EXPECT_GT(sampling_noise(samples), 1.0);
}

TEST(SamplingNoiseOf, steady_motion_is_zero) {
  std::vector<WeightedSample> samples;
  for (int i = 0; i < 90; ++i) samples.push_back({Seconds(i / 30.0), 100.0 * i / 30.0, 1.0});
  EXPECT_NEAR(sampling_noise(samples), 0.0, 1e-9);
}

TEST(SamplingNoiseOf, one_joint_misread_hardly_counts) {
  auto samples = noisy_line(300, 2.0, 0.0);
  const double plain = sampling_noise(samples);
  samples[150].value += 1000.0;
  EXPECT_NEAR(sampling_noise(samples), plain, 0.1);
}

TEST(SamplingNoiseOf, fewer_than_three_samples_is_zero) {
  for (std::size_t count = 0; count < 3; ++count) {
    EXPECT_EQ(sampling_noise(noisy_line(count, 2.0, 50.0)), 0.0) << count;
  }
}

}  // namespace
}  // namespace matside::signal
