#include "agreement/limits_of_agreement.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace matside::agreement {
namespace {

constexpr double kOneDigit = 0.05;
constexpr double kHundredth = 0.005;

struct Differences {
  std::vector<double> values;

  [[nodiscard]] double mean() const {
    double sum = 0.0;
    for (const double each : values) sum += each;
    return sum / static_cast<double>(values.size());
  }
  [[nodiscard]] double squares() const {
    double sum = 0.0;
    for (const double each : values) sum += (each - mean()) * (each - mean());
    return sum;
  }
  [[nodiscard]] double deviation() const {
    return std::sqrt(squares() / static_cast<double>(values.size() - 1));
  }
  [[nodiscard]] Cluster cluster() const { return {values.size(), mean(), squares()}; }
};

Differences between(const std::vector<double>& a, const std::vector<double>& b) {
  Differences differences;
  for (std::size_t i = 0; i < a.size(); ++i) differences.values.push_back(a[i] - b[i]);
  return differences;
}

void expect_interval(const Estimate& estimate, double low, double high, double tolerance) {
  ASSERT_TRUE(estimate.interval);
  EXPECT_NEAR(estimate.interval->low, low, tolerance);
  EXPECT_NEAR(estimate.interval->high, high, tolerance);
}

// Peak expiratory flow rate of 17 people, in l/min, first measurement with each meter: Bland
// and Altman 1986, table.
const std::vector<double> kLargeMeter{494, 395, 516, 434, 476, 557, 413, 442, 650,
                                      433, 417, 656, 267, 478, 178, 423, 427};
const std::vector<double> kMiniMeter{512, 430, 520, 428, 500, 600, 364, 380, 658,
                                     445, 432, 626, 260, 477, 259, 350, 451};

TEST(LimitsOfAgreement, HaveTheMeanAndDeviationOfBlandAndAltman1986) {
  const Differences differences = between(kLargeMeter, kMiniMeter);
  EXPECT_NEAR(differences.mean(), -2.1, kOneDigit);
  EXPECT_NEAR(differences.deviation(), 38.8, kOneDigit);
}

TEST(LimitsOfAgreement, ReproduceThePrintedDigitsOfBlandAndAltman1986) {
  // The paper calculates with the rounded mean and deviation, and with 2 instead of 1.96.
  const LimitsOfAgreement limits = limits_of_independent(17, -2.1, 38.8, 2.0);
  EXPECT_NEAR(limits.lower.value, -79.7, kOneDigit);
  EXPECT_NEAR(limits.upper.value, 75.5, kOneDigit);
  expect_interval(limits.bias, -22.0, 17.8, kOneDigit + 0.02);
  expect_interval(limits.lower, -114.3, -45.1, kOneDigit + 0.1);
  expect_interval(limits.upper, 40.9, 110.1, kOneDigit + 0.1);
}

TEST(LimitsOfAgreement, UseTheNormalDistributionUnlessTold) {
  const LimitsOfAgreement limits = limits_of_independent(17, 0.0, 1.0);
  EXPECT_NEAR(limits.upper.value, 1.959964, 1e-6);
  EXPECT_NEAR(limits.lower.value, -1.959964, 1e-6);
}

// Cardiac output of four people by two methods, of Bland and Altman 1999, with which Zou (2013)
// shows his intervals. The tests of R's package SimplyAgree have the same limits and intervals.
const std::vector<Differences> kCardiacOutput{
    between({7.83, 7.42, 7.89, 7.12, 7.88}, {6.57, 5.62, 6.90, 6.57, 6.35}),
    between({6.16, 7.26, 6.71, 6.54}, {4.06, 4.29, 4.26, 4.09}),
    between({4.75, 5.24, 4.86, 4.78, 6.05, 5.42}, {4.71, 5.50, 5.08, 5.02, 6.01, 5.67}),
    between({4.21, 3.61, 3.72, 3.87, 3.92}, {4.14, 4.20, 4.61, 4.68, 5.04})};

std::vector<Cluster> cardiac_clusters() {
  std::vector<Cluster> clusters;
  for (const Differences& each : kCardiacOutput) clusters.push_back(each.cluster());
  return clusters;
}

TEST(LimitsOfAgreement, OfClustersAreThoseOfZou2013) {
  const LimitsOfAgreement limits = limits_of_clustered(cardiac_clusters());
  EXPECT_NEAR(limits.bias.value, 0.7255, 5e-5);
  EXPECT_NEAR(limits.lower.value, -2.14, kHundredth);
  EXPECT_NEAR(limits.upper.value, 3.59, kHundredth);
  // Rounding on the way to print moves the last digit by one.
  expect_interval(limits.lower, -9.83, -0.33, kHundredth + 0.006);
  expect_interval(limits.upper, 1.77, 11.27, kHundredth + 0.006);
}

TEST(LimitsOfAgreement, OfClustersOfOneAreThoseOfIndependentDifferences) {
  const Differences differences = between(kLargeMeter, kMiniMeter);
  std::vector<Cluster> clusters;
  for (const double each : differences.values) clusters.push_back({1, each, 0.0});
  const LimitsOfAgreement clustered = limits_of_clustered(clusters);
  const LimitsOfAgreement independent =
      limits_of_independent(17, differences.mean(), differences.deviation());
  EXPECT_NEAR(clustered.lower.value, independent.lower.value, 1e-9);
  EXPECT_NEAR(clustered.upper.value, independent.upper.value, 1e-9);
  EXPECT_NEAR(clustered.bias.interval->high, independent.bias.interval->high, 1e-9);
}

TEST(LimitsOfAgreement, AreWiderWhereClustersDiffer) {
  // The same 20 differences, once in clusters of like ones and once mixed.
  std::vector<Cluster> like;
  std::vector<Cluster> mixed;
  for (int i = 0; i < 4; ++i) {
    like.push_back({5, static_cast<double>(i), 0.4});
    mixed.push_back({5, 1.5, 6.65});
  }
  const Interval wide = *limits_of_clustered(like).upper.interval;
  const Interval narrow = *limits_of_clustered(mixed).upper.interval;
  EXPECT_GT(wide.high - wide.low, 1.5 * (narrow.high - narrow.low));
}

}  // namespace
}  // namespace matside::agreement
