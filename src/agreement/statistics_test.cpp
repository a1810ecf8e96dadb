#include "agreement/statistics.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "agreement/intraclass.h"
#include "agreement/limits_of_agreement.h"

namespace matside::agreement {
namespace {

// Eight people's greatest load in two tests: Weir 2005, data set A; the SEM is on page 236.
const std::vector<Pair> kLoads{{146, 140}, {148, 152}, {170, 152}, {90, 99},
                               {157, 145}, {156, 153}, {176, 167}, {205, 218}};

TEST(Statistics, AreThoseOfWeir2005) {
  const auto agreement = agreement_of(kLoads, Dependence::repetitions);
  ASSERT_TRUE(agreement);
  EXPECT_NEAR(agreement->icc_consistency->value, 0.95, 0.005);
  EXPECT_NEAR(*agreement->sem, 7.6, 0.05);
  EXPECT_NEAR(*agreement->mdc95, 7.557 * 1.96 * 1.41421, 0.01);
}

TEST(Statistics, OfPairsAreThoseOfTwoJudges) {
  std::vector<std::vector<double>> ratings;
  for (const Pair& pair : kLoads) {
    ratings.push_back({pair.measured_deg, pair.reference_deg});
  }
  const MeanSquares squares = mean_squares(ratings);
  const auto agreement = agreement_of(kLoads, Dependence::repetitions);
  EXPECT_NEAR(agreement->icc_agreement->value, icc_agreement(squares).value, 1e-12);
  EXPECT_NEAR(agreement->icc_agreement->interval->low, icc_agreement(squares).interval->low,
              1e-9);
  EXPECT_NEAR(agreement->icc_consistency->interval->high,
              icc_consistency(squares).interval->high, 1e-9);
}

TEST(Statistics, SeparateTheBiasFromTheSpread) {
  const std::vector<Pair> pairs{{12, 10}, {51, 50}, {93, 90}, {42, 40}};
  const auto agreement = agreement_of(pairs, Dependence::repetitions);
  EXPECT_DOUBLE_EQ(agreement->bias.value, 2.0);
  EXPECT_DOUBLE_EQ(agreement->mae, 2.0);
  EXPECT_NEAR(agreement->rmse, 2.1213, 1e-4);
  EXPECT_NEAR(*agreement->deviation, 0.8165, 1e-4);
}

TEST(Statistics, OfTooFewPairsAreOnlyTheErrors) {
  const auto agreement =
      agreement_of(std::vector<Pair>{{12, 10}, {51, 50}}, Dependence::repetitions);
  ASSERT_TRUE(agreement);
  EXPECT_DOUBLE_EQ(agreement->mae, 1.5);
  EXPECT_FALSE(agreement->bias.interval);
  EXPECT_FALSE(agreement->lower_limit);
  EXPECT_FALSE(agreement->icc_agreement);
  EXPECT_FALSE(agreement_of({}, Dependence::curve));
}

TEST(Statistics, OfOneCurveHaveNoIntervals) {
  const auto agreement = agreement_of(kLoads, Dependence::curve);
  EXPECT_FALSE(agreement->bias.interval);
  EXPECT_FALSE(agreement->lower_limit->interval);
  EXPECT_FALSE(agreement->icc_agreement->interval);
  EXPECT_TRUE(agreement->icc_agreement->value > 0.9);
}

TEST(Statistics, OfTwoPracticesHaveNoIntervals) {
  std::vector<Pair> pairs = kLoads;
  for (std::size_t i = 4; i < pairs.size(); ++i) pairs[i].practice = 1;
  const auto agreement = agreement_of(pairs, Dependence::repetitions);
  EXPECT_EQ(agreement->practices, 2U);
  EXPECT_TRUE(agreement->lower_limit);
  EXPECT_FALSE(agreement->lower_limit->interval);
  EXPECT_FALSE(agreement->icc_consistency->interval);
}

/// Practices whose differences vary between and within them.
std::vector<Pair> simulated_practices(std::mt19937& random, std::size_t practices,
                                      std::size_t pairs_each) {
  std::normal_distribution<double> between(-2.0, 2.0);
  std::normal_distribution<double> within(0.0, 3.0);
  std::uniform_real_distribution<double> angle(60.0, 120.0);
  std::vector<Pair> pairs;
  for (std::size_t practice = 0; practice < practices; ++practice) {
    const double bias = between(random);
    for (std::size_t i = 0; i < pairs_each; ++i) {
      const double reference = angle(random);
      pairs.push_back({reference + bias + within(random), reference, practice});
    }
  }
  return pairs;
}

TEST(Statistics, HaveIntervalsThatHoldTheTruthInNineteenOfTwentyStudies) {
  std::mt19937 random(7);
  const double spread = 3.605551;  // sqrt(2^2 + 3^2)
  constexpr int kStudies = 600;
  int bias_held = 0;
  int upper_held = 0;
  int upper_of_curve_held = 0;
  const auto holds = [](const Estimate& estimate, double truth) {
    return estimate.interval->low <= truth && truth <= estimate.interval->high;
  };
  for (int i = 0; i < kStudies; ++i) {
    const auto pairs = simulated_practices(random, 12, 8);
    const auto repetitions = agreement_of(pairs, Dependence::repetitions);
    const auto curve = agreement_of(pairs, Dependence::curve);
    bias_held += holds(repetitions->bias, -2.0) ? 1 : 0;
    upper_held += holds(*repetitions->upper_limit, -2.0 + 1.96 * spread) ? 1 : 0;
    upper_of_curve_held += holds(*curve->upper_limit, -2.0 + 1.96 * spread) ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(bias_held) / kStudies, 0.95, 0.03);
  EXPECT_NEAR(static_cast<double>(upper_held) / kStudies, 0.95, 0.03);
  EXPECT_NEAR(static_cast<double>(upper_of_curve_held) / kStudies, 0.95, 0.05);
}

TEST(Statistics, OfSeveralPracticesBoundTheCoefficients) {
  std::mt19937 random(3);
  const auto agreement = agreement_of(simulated_practices(random, 5, 20), Dependence::curve);
  ASSERT_TRUE(agreement->icc_agreement->interval);
  EXPECT_LE(agreement->icc_agreement->interval->high, 1.0);
  EXPECT_LT(agreement->icc_agreement->interval->low, agreement->icc_agreement->value);
}

}  // namespace
}  // namespace matside::agreement
