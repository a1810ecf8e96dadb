#include "core/signal/smoother.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

namespace matside::signal {
namespace {

using base::Seconds;

constexpr double kCutoffHz = 6.0;
// So large that no sample loses its weight: the filter is then linear.
constexpr double kNoReweighting = 1e6;

template <class Course>
std::vector<WeightedSample> course(std::size_t count, double rate_hz, Course value) {
  std::vector<WeightedSample> out;
  for (std::size_t i = 0; i < count; ++i) {
    const double t = static_cast<double>(i) / rate_hz;
    out.push_back({Seconds(t), value(t), 1.0});
  }
  return out;
}

double swing(double t) { return 50.0 + 40.0 * std::sin(3.0 * t) + 10.0 * std::cos(9.0 * t); }

std::vector<WeightedSample> white_noise(std::size_t count, double rate_hz) {
  std::mt19937 random(11);
  std::normal_distribution<double> normal;
  return course(count, rate_hz, [&](double) { return normal(random); });
}

TEST(Smoother, of_nothing_is_nothing_and_of_one_sample_the_sample) {
  EXPECT_TRUE(smooth_zero_lag({}, kCutoffHz, 1.0).empty());
  const std::vector<WeightedSample> one{{Seconds(2.0), 33.0, 1.0}};
  const auto out = smooth_with_deviation(one, kCutoffHz, 1.0);
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(out[0].time.value(), 2.0);
  EXPECT_EQ(out[0].value, 33.0);
  // Nothing but its own noise, which has unit deviation.
  EXPECT_NEAR(out[0].deviation, 1.0, 1e-3);
}

TEST(Smoother, keeps_every_time_and_leaves_a_constant_alone) {
  const auto samples = course(40, 25.0, [](double) { return -12.0; });
  const auto out = smooth_zero_lag(samples, kCutoffHz, 0.5);
  ASSERT_EQ(out.size(), samples.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    EXPECT_EQ(out[i].time, samples[i].time);
    EXPECT_NEAR(out[i].value, -12.0, 1e-9);
  }
}

TEST(Smoother, keeps_a_straight_line_even_when_sampling_is_uneven) {
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

// The documented gain is a fourth-order Butterworth filter's power.
TEST(Smoother, passes_each_frequency_with_the_documented_gain_and_without_lag) {
  constexpr double kRateHz = 400.0;
  for (const double ratio : {0.25, 0.5, 1.0, 1.5, 2.0}) {
    const double hz = ratio * kCutoffHz;
    const auto wave = [&](double t) {
      return std::cos(2.0 * std::numbers::pi * hz * (t - 2.0));
    };
    const auto out = smooth_zero_lag(course(1601, kRateHz, wave), kCutoffHz, kNoReweighting);
    const double gain = 1.0 / (1.0 + std::pow(ratio, 4.0));
    EXPECT_NEAR(out[800].value, gain, 0.02) << ratio;
    // At a crest the filtered wave has its crest too.
    EXPECT_NEAR(out[790].value, out[810].value, 1e-3) << ratio;
  }
}

TEST(Smoother, reads_the_same_backward) {
  auto samples = course(120, 30.0, swing);
  for (std::size_t i = 0; i < samples.size(); i += 7) samples[i].value += 3.0;
  const auto forward = smooth_zero_lag(samples, kCutoffHz, 1.0);
  std::vector<WeightedSample> reversed;
  for (auto s = samples.rbegin(); s != samples.rend(); ++s) {
    reversed.push_back({-s->time, s->value, s->weight});
  }
  const auto backward = smooth_zero_lag(reversed, kCutoffHz, 1.0);
  for (std::size_t i = 10; i + 10 < samples.size(); ++i) {
    EXPECT_NEAR(backward[samples.size() - 1 - i].value, forward[i].value, 0.05) << i;
  }
}

TEST(Smoother, moves_with_the_samples_in_time_and_value) {
  auto samples = course(90, 30.0, swing);
  const auto plain = smooth_zero_lag(samples, kCutoffHz, 1.0);
  for (WeightedSample& s : samples) {
    s.time += Seconds(50.0);
    s.value += 200.0;
  }
  const auto moved = smooth_zero_lag(samples, kCutoffHz, 1.0);
  for (std::size_t i = 0; i < plain.size(); ++i) {
    EXPECT_NEAR(moved[i].value, plain[i].value + 200.0, 1e-4);
  }
}

TEST(Smoother, changes_its_unit_with_the_values_and_their_noise) {
  auto samples = course(90, 30.0, swing);
  samples[40].value += 60.0;
  const auto plain = smooth_zero_lag(samples, kCutoffHz, 1.0);
  for (WeightedSample& s : samples) s.value *= 10.0;
  const auto scaled = smooth_zero_lag(samples, kCutoffHz, 10.0);
  for (std::size_t i = 5; i < plain.size(); ++i) {
    EXPECT_NEAR(scaled[i].value, 10.0 * plain[i].value, 0.2) << i;
  }
}

// For the gain H = 1 / (1 + x^4) the integral of H, the variance stated, is 4/3 of that of H
// squared, the noise passed on: the rest is what the curve may truly have done meanwhile.
TEST(Smoother, passes_three_quarters_of_the_variance_it_states) {
  const auto out = smooth_with_deviation(white_noise(4000, 30.0), kCutoffHz, kNoReweighting);
  double squares = 0.0;
  double variances = 0.0;
  for (std::size_t i = 100; i + 100 < out.size(); ++i) {
    squares += out[i].value * out[i].value;
    variances += out[i].deviation * out[i].deviation;
    EXPECT_LT(out[i].deviation, 1.0);
  }
  EXPECT_NEAR(squares / variances, 0.75, 0.06);
}

TEST(Smoother, a_lower_cutoff_removes_more_noise) {
  const auto noise = white_noise(600, 30.0);
  double last = 1.0;
  for (const double cutoff_hz : {8.0, 4.0, 2.0, 1.0}) {
    const auto out = smooth_with_deviation(noise, cutoff_hz, kNoReweighting);
    EXPECT_LT(out[300].deviation, last) << cutoff_hz;
    last = out[300].deviation;
  }
}

TEST(Smoother, is_least_sure_in_the_middle_of_what_was_not_seen) {
  auto samples = course(90, 30.0, swing);
  for (std::size_t i = 40; i < 50; ++i) samples[i].weight = 1e-4;
  const auto out = smooth_with_deviation(samples, kCutoffHz, 1.0);
  EXPECT_GT(out[45].deviation, 3.0 * out[20].deviation);
  EXPECT_GT(out[45].deviation, out[41].deviation);
  EXPECT_GT(out[45].deviation, out[48].deviation);
}

TEST(Smoother, a_sample_without_weight_has_no_say) {
  auto samples = course(60, 30.0, swing);
  samples[30].weight = 1e-7;
  const auto plain = smooth_zero_lag(samples, kCutoffHz, 1.0);
  samples[30].value = 5000.0;
  const auto wild = smooth_zero_lag(samples, kCutoffHz, 1.0);
  for (std::size_t i = 0; i < plain.size(); ++i) {
    EXPECT_NEAR(wild[i].value, plain[i].value, 0.1) << i;
  }
}

TEST(Smoother, continues_through_samples_without_weight) {
  auto line = course(90, 30.0, [](double t) { return 100.0 * t; });
  for (std::size_t i = 40; i < 50; ++i) line[i] = {line[i].time, 0.0, 1e-3};
  const auto out = smooth_zero_lag(line, kCutoffHz, 1.0);
  for (std::size_t i = 40; i < 50; ++i) {
    EXPECT_NEAR(out[i].value, 100.0 * out[i].time.value(), 8.0);
  }
}

TEST(Smoother, ignores_a_single_outlier) {
  auto arc =
      course(90, 30.0, [](double t) { return 50.0 * std::sin(std::numbers::pi * t / 3.0); });
  arc[45].value = 0.0;
  EXPECT_NEAR(smooth_zero_lag(arc, kCutoffHz, 1.0)[45].value, 50.0, 2.0);
}

TEST(Smoother, a_wilder_outlier_pulls_no_more) {
  double last = 1e9;
  for (const double off : {50.0, 200.0, 800.0}) {
    auto samples = course(60, 30.0, [](double) { return 10.0; });
    samples[30].value += off;
    const double pull = smooth_zero_lag(samples, kCutoffHz, 1.0)[30].value - 10.0;
    EXPECT_LT(pull, 0.2 * off) << off;
    EXPECT_LE(pull, last + 1.0) << off;
    last = pull;
  }
}

TEST(Smoother, the_curve_alone_is_that_with_deviations) {
  const auto samples = course(50, 30.0, swing);
  const auto both = smooth_with_deviation(samples, kCutoffHz, 1.0);
  const auto alone = smooth_zero_lag(samples, kCutoffHz, 1.0);
  ASSERT_EQ(alone.size(), both.size());
  for (std::size_t i = 0; i < alone.size(); ++i) EXPECT_EQ(alone[i].value, both[i].value);
}

}  // namespace
}  // namespace matside::signal
