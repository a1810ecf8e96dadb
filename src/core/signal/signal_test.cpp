#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/signal/one_euro.h"
#include "core/signal/samples.h"
#include "core/signal/smoother.h"
#include "core/signal/sorted_values.h"

namespace matside::signal {
namespace {

using base::Seconds;

std::vector<Sample> sampled(double rate_hz, double length_s, double (*f)(double)) {
  std::vector<Sample> out;
  for (int i = 0; i < static_cast<int>(rate_hz * length_s); ++i) {
    out.push_back({Seconds(i / rate_hz), f(i / rate_hz)});
  }
  return out;
}

TEST(OneEuro, follows_the_published_equations_on_a_step) {
  OneEuro filter({.min_cutoff_hz = 1.0, .beta = 0.0, .derivative_cutoff_hz = 1.0});
  EXPECT_DOUBLE_EQ(filter.push(Seconds(0.0), 0.0), 0.0);
  // alpha = r / (r + 1), r = 2 pi * 1 Hz * 0.1 s
  const double r = 0.2 * std::numbers::pi;
  EXPECT_DOUBLE_EQ(filter.push(Seconds(0.1), 1.0), r / (r + 1.0));
}

TEST(OneEuro, cuts_less_when_the_signal_moves_fast) {
  OneEuro lazy({.min_cutoff_hz = 1.0, .beta = 0.0});
  OneEuro quick({.min_cutoff_hz = 1.0, .beta = 1.0});
  for (int i = 0; i < 5; ++i) {
    lazy.push(Seconds(i * 0.1), i * 10.0);
    quick.push(Seconds(i * 0.1), i * 10.0);
  }
  EXPECT_GT(quick.push(Seconds(0.5), 50.0), lazy.push(Seconds(0.5), 50.0) + 5.0);
}

TEST(OneEuro, ignores_time_that_does_not_rise) {
  OneEuro filter;
  filter.push(Seconds(1.0), 5.0);
  EXPECT_EQ(filter.push(Seconds(1.0), 50.0), 5.0);
  EXPECT_EQ(filter.push(Seconds(0.5), 50.0), 5.0);
}

std::vector<WeightedSample> weighted(const std::vector<Sample>& samples) {
  std::vector<WeightedSample> out;
  for (const Sample& s : samples) out.push_back({s.time, s.value, 1.0});
  return out;
}

TEST(SmoothZeroLag, keeps_a_straight_line_even_when_sampling_is_uneven) {
  std::vector<WeightedSample> line;
  double t = 0.0;
  for (int i = 0; i < 50; ++i) {
    line.push_back({Seconds(t), 3.0 + 2.0 * t, 1.0});
    t += (i % 3 == 0) ? 0.05 : 0.02;
  }
  for (const Sample& s : smooth_zero_lag(line, 4.0, 0.1)) {
    EXPECT_NEAR(s.value, 3.0 + 2.0 * s.time.value(), 1e-3);
  }
}

TEST(SmoothZeroLag, halves_the_amplitude_at_the_cut_off) {
  const auto wave =
      sampled(200.0, 4.0, [](double t) { return std::sin(2.0 * std::numbers::pi * 5.0 * t); });
  const auto out = smooth_zero_lag(weighted(wave), 5.0, 1.0);
  double greatest = 0.0;
  for (std::size_t i = 200; i < 600; ++i) greatest = std::max(greatest, out[i].value);
  EXPECT_NEAR(greatest, 0.5, 0.03);
}

TEST(SmoothZeroLag, continues_through_samples_without_weight) {
  auto wave = weighted(sampled(30.0, 3.0, [](double t) { return 100.0 * t; }));
  for (std::size_t i = 40; i < 50; ++i) wave[i] = {wave[i].time, 0.0, 1e-3};
  const auto out = smooth_zero_lag(wave, 6.0, 1.0);
  for (std::size_t i = 40; i < 50; ++i) {
    EXPECT_NEAR(out[i].value, 100.0 * out[i].time.value(), 8.0);
  }
}

TEST(SmoothZeroLag, ignores_a_single_outlier) {
  auto wave = weighted(
      sampled(30.0, 3.0, [](double t) { return 50.0 * std::sin(std::numbers::pi * t / 3.0); }));
  wave[45].value = 0.0;
  const auto out = smooth_zero_lag(wave, 6.0, 1.0);
  EXPECT_NEAR(out[45].value, 50.0, 2.0);
}

TEST(Slope, is_that_of_the_fitted_line_for_any_sampling) {
  const std::vector<Sample> line = {
      {Seconds(0.0), 1.0}, {Seconds(0.1), 3.0}, {Seconds(0.4), 9.0}};
  EXPECT_NEAR(slope(line), 20.0, 1e-9);
  EXPECT_EQ(slope(std::span(line).first(1)), 0.0);
}

TEST(TurningPoints, finds_two_kicks_and_the_valley_between) {
  const auto wave = sampled(30.0, 3.0, [](double t) {
    return 100.0 * std::sin(std::numbers::pi * t / 3.0) -
           20.0 * std::cos(4.0 * std::numbers::pi * t);
  });
  const auto points = turning_points(wave, 7.0);
  int maxima = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    maxima += points[i].is_maximum ? 1 : 0;
    if (i > 0) {
      EXPECT_NE(points[i].is_maximum, points[i - 1].is_maximum);
    }
  }
  EXPECT_GE(maxima, 2);
}

TEST(TurningPoints, ignores_ripples_below_the_prominence) {
  const auto wave = sampled(30.0, 3.0, [](double t) {
    return 100.0 * std::sin(std::numbers::pi * t / 3.0) + 3.0 * std::sin(40.0 * t);
  });
  const auto points = turning_points(wave, 7.0);
  ASSERT_EQ(points.size(), 1U);
  EXPECT_TRUE(points[0].is_maximum);
  EXPECT_NEAR(points[0].time.value(), 1.5, 0.15);
}

TEST(FallingCrossing, interpolates_the_crossing) {
  const std::vector<Sample> s = {
      {Seconds(0.0), 90.0}, {Seconds(1.0), 80.0}, {Seconds(2.0), 60.0}};
  ASSERT_TRUE(falling_crossing(s, 70.0, Seconds(0.0)).has_value());
  EXPECT_NEAR(falling_crossing(s, 70.0, Seconds(0.0))->value(), 1.5, 1e-12);
  EXPECT_FALSE(falling_crossing(s, 50.0, Seconds(0.0)).has_value());
  EXPECT_FALSE(falling_crossing(s, 85.0, Seconds(1.5)).has_value());
}

TEST(Median, of_none_is_nothing_and_of_an_even_count_the_middle) {
  std::vector<double> none;
  EXPECT_FALSE(median(none).has_value());
  std::vector<double> four = {4.0, 1.0, 3.0, 2.0};
  EXPECT_DOUBLE_EQ(*median(four), 2.5);
}

TEST(SortedValues, has_the_median_of_what_is_in_it_after_every_change) {
  constexpr std::size_t kLong = 40;
  constexpr std::size_t kWindow = 12;
  SortedValues ordered(kWindow);
  EXPECT_EQ(ordered.median(), std::nullopt);
  std::vector<double> window;
  for (std::size_t i = 0; i < kLong; ++i) {
    const auto value = static_cast<double>(i * 7 % 11) - 4.0;  // some of them twice
    if (window.size() == kWindow) {
      ordered.remove(window.front());
      window.erase(window.begin());
    }
    ordered.add(value);
    window.push_back(value);
    std::vector<double> scratch = window;
    EXPECT_EQ(ordered.median(), median(scratch)) << i;
  }
  ordered.clear();
  EXPECT_EQ(ordered.median(), std::nullopt);
}

TEST(SamplingNoise, does_not_take_slow_motion_for_noise) {
  const auto slow = sampled(30.0, 3.0, [](double t) { return 100.0 * t; });
  EXPECT_NEAR(sampling_noise(weighted(slow)), 0.0, 1e-9);
  const auto alternating =
      sampled(30.0, 3.0, [](double t) { return std::lround(t * 30.0) % 2 == 0 ? 1.0 : -1.0; });
  EXPECT_GT(sampling_noise(weighted(alternating)), 1.0);
}

}  // namespace
}  // namespace matside::signal
