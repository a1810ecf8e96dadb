#include "core/signal/sparc.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "core/base/math.h"

namespace matside::signal {
namespace {

constexpr double kRateHz = 100.0;

// t = -1 to 0.99 s in hundredths.
std::vector<double> speeds(double (*speed)(double time_s)) {
  std::vector<double> out;
  for (int i = 0; i < 200; ++i) out.push_back(speed(-1.0 + 0.01 * i));
  return out;
}

double bell(double t) { return std::exp(-5.0 * t * t); }
double two_bells(double t) { return bell(2.0 * (t + 0.5)) + bell(2.0 * (t - 0.5)); }
double bell_with_a_start(double t) {
  return bell(t) + 0.8 * std::exp(-40.0 * (t - 0.5) * (t - 0.5));
}

// By the reference implementation (github.com/siva82kb/SPARC).
TEST(Sparc, agrees_with_the_reference) {
  EXPECT_NEAR(*sparc(speeds(bell), kRateHz, {.cutoff_hz = 10.0}), -1.41403, 1e-5);
  EXPECT_NEAR(*sparc(speeds(bell), kRateHz), -1.41403, 1e-5);
  EXPECT_NEAR(*sparc(speeds(bell_with_a_start), kRateHz), -1.6921728, 1e-6);
  EXPECT_NEAR(*sparc(speeds(two_bells), kRateHz), -2.8003774, 1e-6);
}

TEST(Sparc, is_lower_for_a_movement_in_two_parts) {
  EXPECT_LT(*sparc(speeds(two_bells), kRateHz), *sparc(speeds(bell), kRateHz) - 1.0);
}

TEST(Sparc, sees_nothing_above_the_cut_off) {
  std::vector<double> shaken = speeds(bell);
  for (std::size_t i = 0; i < shaken.size(); ++i) shaken[i] += i % 2 == 0 ? 0.2 : -0.2;
  EXPECT_NEAR(*sparc(shaken, kRateHz), *sparc(speeds(bell), kRateHz), 0.01);
}

TEST(Sparc, is_absent_where_there_is_no_movement_to_judge) {
  EXPECT_FALSE(sparc({}, kRateHz));
  EXPECT_FALSE(sparc(std::vector<double>(3, 1.0), kRateHz));
  EXPECT_FALSE(sparc(std::vector<double>(20, 0.0), kRateHz));
  EXPECT_FALSE(sparc(std::vector<double>(20, 1.0), 0.0));
  std::vector<double> broken(20, 1.0);
  broken[7] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(sparc(broken, kRateHz));
  broken[7] = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(sparc(broken, kRateHz));
}

// The definition, one frequency after another.
double one_by_one(const std::vector<double>& speeds, double cutoff_hz) {
  const double step_hz = kRateHz / static_cast<double>(std::bit_ceil(speeds.size()) << 4U);
  std::vector<double> magnitudes;
  for (int bin = 0; bin * step_hz <= cutoff_hz; ++bin) {
    const double turn = -2.0 * std::numbers::pi * bin * step_hz / kRateHz;
    const double c = base::cos(turn);
    const double d = base::sin(turn);
    double re = 0.0;
    double im = 0.0;
    for (std::size_t i = speeds.size(); i-- > 0;) {
      const double next = re * c - im * d + speeds[i];
      im = re * d + im * c;
      re = next;
    }
    magnitudes.push_back(base::hypot(re, im));
  }
  const double top = *std::ranges::max_element(magnitudes);
  const auto counts = [&](double m) { return m >= 0.05 * top; };
  const auto first = std::ranges::find_if(magnitudes, counts);
  auto last = magnitudes.end() - 1;
  while (!counts(*last)) --last;
  double length = 0.0;
  for (auto m = first; m != last; ++m) {
    length += base::hypot(1.0 / static_cast<double>(last - first), (*(m + 1) - *m) / top);
  }
  return -length;
}

TEST(Sparc, is_what_its_definition_says) {
  for (std::size_t size = 4; size <= 200; ++size) {
    std::vector<double> speed;
    for (std::size_t i = 0; i < size; ++i)
      speed.push_back(30.0 * std::sin(0.1 * static_cast<double>(i)) +
                      7.0 * std::sin(1.7 * static_cast<double>(i * i)));
    for (const double cutoff_hz : {4.0, 10.0})
      EXPECT_NEAR(*sparc(speed, kRateHz, {.cutoff_hz = cutoff_hz}),
                  one_by_one(speed, cutoff_hz), 1e-12);
  }
}

}  // namespace
}  // namespace matside::signal
