#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "core/signal/sparc.h"

namespace matside::signal {
namespace {

constexpr double kRateHz = 60.0;

// The speed of a movement of least jerk over a second, and of several one after the other.
std::vector<double> least_jerk_speeds(int movements, double rate_hz = kRateHz,
                                      double length_s = 1.0) {
  std::vector<double> out;
  const int samples = static_cast<int>(std::lround(rate_hz * length_s));
  for (int m = 0; m < movements; ++m) {
    for (int i = 0; i < samples; ++i) {
      const double x = static_cast<double>(i) / samples;
      out.push_back(30.0 * x * x * (1.0 - x) * (1.0 - x));
    }
  }
  return out;
}

TEST(SpectralArcLength, does_not_depend_on_the_unit_or_sign_of_speed) {
  const auto speeds = least_jerk_speeds(2);
  const double plain = sparc(speeds, kRateHz).value_or(1e9);
  for (const double factor : {0.001, 57.3, -1.0}) {
    auto scaled = speeds;
    for (double& v : scaled) v *= factor;
    EXPECT_NEAR(sparc(scaled, kRateHz).value_or(0.0), plain, 1e-9) << factor;
  }
}

// Reversing time turns only the phases of a spectrum, not its magnitudes.
TEST(SpectralArcLength, is_the_same_backward) {
  auto speeds = least_jerk_speeds(1);
  for (std::size_t i = 0; i < speeds.size() / 3; ++i) speeds[i] += 0.4;
  const double plain = sparc(speeds, kRateHz).value_or(1e9);
  std::ranges::reverse(speeds);
  EXPECT_NEAR(sparc(speeds, kRateHz).value_or(0.0), plain, 1e-9);
}

TEST(SpectralArcLength, falls_with_the_second_and_the_third_movement) {
  double last = 0.0;
  for (int movements = 1; movements <= 3; ++movements) {
    const double value = sparc(least_jerk_speeds(movements), kRateHz).value_or(0.0);
    EXPECT_LT(value, last - 0.3) << movements;
    last = value;
  }
}

// Along the frequency axis alone the arc is 1 long.
TEST(SpectralArcLength, is_at_most_minus_one) {
  for (int movements = 1; movements <= 4; ++movements) {
    EXPECT_LE(sparc(least_jerk_speeds(movements), kRateHz).value_or(0.0), -1.0);
  }
}

TEST(SpectralArcLength, hardly_depends_on_the_sampling_rate) {
  const double plain = sparc(least_jerk_speeds(2, 60.0), 60.0).value_or(1e9);
  for (const double rate_hz : {30.0, 120.0, 240.0}) {
    EXPECT_NEAR(sparc(least_jerk_speeds(2, rate_hz), rate_hz).value_or(0.0), plain, 0.06)
        << rate_hz;
  }
}

TEST(SpectralArcLength, hardly_depends_on_how_slowly_a_smooth_movement_is_done) {
  for (const double length_s : {1.0, 2.0, 4.0}) {
    const auto speeds = least_jerk_speeds(1, kRateHz, length_s);
    EXPECT_NEAR(sparc(speeds, kRateHz).value_or(0.0), -1.42, 0.06) << length_s;
  }
}

TEST(SpectralArcLength, stillness_before_and_after_does_not_count) {
  const auto speeds = least_jerk_speeds(2);
  std::vector<double> padded(20, 0.0);
  padded.insert(padded.end(), speeds.begin(), speeds.end());
  padded.insert(padded.end(), 20, 0.0);
  EXPECT_NEAR(sparc(padded, kRateHz).value_or(0.0), sparc(speeds, kRateHz).value_or(1.0), 0.05);
}

TEST(SpectralArcLength, needs_four_speeds_and_a_rate) {
  EXPECT_FALSE(sparc(std::vector{1.0, 2.0, 1.0}, kRateHz));
  EXPECT_TRUE(sparc(std::vector{1.0, 2.0, 2.0, 1.0}, kRateHz));
  const auto speeds = least_jerk_speeds(1);
  for (const double rate_hz : {0.0, -30.0, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_FALSE(sparc(speeds, rate_hz)) << rate_hz;
  }
}

}  // namespace
}  // namespace matside::signal
