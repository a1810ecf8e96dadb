#include "core/signal/one_euro.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

namespace matside::signal {
namespace {

using base::Seconds;

constexpr double kStepS = 0.02;

std::vector<double> filtered(const std::vector<double>& values, OneEuroSettings settings,
                             double start_s = 0.0) {
  OneEuro filter(settings);
  std::vector<double> out;
  for (std::size_t i = 0; i < values.size(); ++i) {
    out.push_back(filter.push(Seconds(start_s + static_cast<double>(i) * kStepS), values[i]));
  }
  return out;
}

std::vector<double> random_walk(unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> step(-5.0, 5.0);
  std::vector<double> out{0.0};
  for (int i = 0; i < 200; ++i) out.push_back(out.back() + step(random));
  return out;
}

TEST(OneEuroFilter, passes_the_first_value_with_a_rate_of_zero) {
  OneEuro filter;
  EXPECT_EQ(filter.push(Seconds(3.0), -7.5), -7.5);
  EXPECT_EQ(filter.rate(), 0.0);
}

TEST(OneEuroFilter, leaves_a_constant_as_it_is) {
  OneEuro filter;
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(filter.push(Seconds(i * kStepS), 42.0), 42.0);
    EXPECT_EQ(filter.rate(), 0.0);
  }
}

// A first-order low-pass with factor a closes the share a of the distance in each step.
TEST(OneEuroFilter, approaches_a_step_by_the_same_share_each_time) {
  const double r = 2.0 * std::numbers::pi * 1.5 * kStepS;
  const double share = r / (r + 1.0);
  std::vector<double> step(31, 1.0);
  step[0] = 0.0;
  const auto out = filtered(step, {.min_cutoff_hz = 1.5, .beta = 0.0});
  for (std::size_t n = 0; n < out.size(); ++n) {
    EXPECT_NEAR(out[n], 1.0 - std::pow(1.0 - share, static_cast<double>(n)), 1e-12) << n;
  }
}

// Behind a ramp the lag in time is the time constant, 1 / (2 pi f), at any sampling rate.
TEST(OneEuroFilter, follows_a_ramp_one_time_constant_late) {
  constexpr double kCutoffHz = 2.0;
  constexpr double kSpeed = 80.0;
  const double time_constant_s = 1.0 / (2.0 * std::numbers::pi * kCutoffHz);
  for (const double step_s : {0.005, 0.02, 0.05}) {
    OneEuro filter({.min_cutoff_hz = kCutoffHz, .beta = 0.0});
    double x = 0.0;
    double out = 0.0;
    for (double t = 0.0; t < 5.0; t += step_s) {
      x = kSpeed * t;
      out = filter.push(Seconds(t), x);
    }
    EXPECT_NEAR(x - out, kSpeed * time_constant_s, 1e-6) << step_s;
  }
}

TEST(OneEuroFilter, approaches_the_rate_of_a_ramp_with_its_sign) {
  for (const double speed : {-120.0, 15.0, 300.0}) {
    OneEuro filter;
    for (int i = 0; i < 500; ++i) filter.push(Seconds(i * kStepS), speed * i * kStepS);
    EXPECT_NEAR(filter.rate(), speed, 1e-6 * std::abs(speed));
  }
}

TEST(OneEuroFilter, never_leaves_the_range_of_its_inputs) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    const auto values = random_walk(seed);
    const auto [low, high] = std::ranges::minmax(values);
    for (const double out : filtered(values, {})) {
      EXPECT_GE(out, low) << seed;
      EXPECT_LE(out, high) << seed;
    }
  }
}

TEST(OneEuroFilter, does_not_depend_on_where_time_begins) {
  const auto values = random_walk(3);
  const auto early = filtered(values, {});
  const auto late = filtered(values, {}, 1000.0);
  for (std::size_t i = 0; i < values.size(); ++i) EXPECT_NEAR(early[i], late[i], 1e-8);
}

// The speed is in the value's unit: in a unit k times smaller, beta has to be k times smaller.
TEST(OneEuroFilter, scales_with_the_unit_when_beta_does) {
  constexpr double kScale = 60.0;
  auto values = random_walk(4);
  const auto plain = filtered(values, {.min_cutoff_hz = 1.0, .beta = 0.6});
  for (double& v : values) v *= kScale;
  const auto scaled = filtered(values, {.min_cutoff_hz = 1.0, .beta = 0.6 / kScale});
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_NEAR(scaled[i], kScale * plain[i], 1e-8 * (1.0 + std::abs(scaled[i])));
  }
}

TEST(OneEuroFilter, treats_rise_and_fall_alike) {
  auto values = random_walk(5);
  const auto plain = filtered(values, {});
  for (double& v : values) v = -v;
  const auto negated = filtered(values, {});
  for (std::size_t i = 0; i < values.size(); ++i) EXPECT_EQ(negated[i], -plain[i]);
}

TEST(OneEuroFilter, cuts_less_when_the_signal_moves_fast) {
  OneEuro lazy({.min_cutoff_hz = 1.0, .beta = 0.0});
  OneEuro quick({.min_cutoff_hz = 1.0, .beta = 1.0});
  for (int i = 0; i < 5; ++i) {
    lazy.push(Seconds(i * 0.1), i * 10.0);
    quick.push(Seconds(i * 0.1), i * 10.0);
  }
  EXPECT_GT(quick.push(Seconds(0.5), 50.0), lazy.push(Seconds(0.5), 50.0) + 5.0);
}

TEST(OneEuroFilter, a_value_after_a_long_gap_is_taken_almost_as_it_is) {
  OneEuro filter;
  filter.push(Seconds(0.0), 0.0);
  EXPECT_NEAR(filter.push(Seconds(1000.0), 10.0), 10.0, 0.01);
}

TEST(OneEuroFilter, a_value_out_of_order_leaves_no_trace) {
  OneEuro clean;
  OneEuro disturbed;
  for (int i = 0; i < 40; ++i) {
    const Seconds now(i * kStepS);
    const double x = 30.0 * std::sin(0.2 * i);
    EXPECT_EQ(disturbed.push(now, x), clean.push(now, x));
    disturbed.push(now, 1e6);
    disturbed.push(now - Seconds(0.5), -1e6);
    disturbed.push(Seconds(std::numeric_limits<double>::quiet_NaN()), 1e6);
    EXPECT_EQ(disturbed.rate(), clean.rate());
  }
}

TEST(OneEuroFilter, starts_again_after_a_reset_even_earlier_in_time) {
  OneEuro filter;
  filter.push(Seconds(9.0), 100.0);
  filter.push(Seconds(9.1), 200.0);
  filter.reset();
  EXPECT_EQ(filter.rate(), 0.0);
  EXPECT_EQ(filter.push(Seconds(1.0), 5.0), 5.0);
  OneEuro fresh;
  fresh.push(Seconds(1.0), 5.0);
  EXPECT_EQ(filter.push(Seconds(1.1), 8.0), fresh.push(Seconds(1.1), 8.0));
}

}  // namespace
}  // namespace matside::signal
