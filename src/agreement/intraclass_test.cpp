#include "agreement/intraclass.h"

#include <gtest/gtest.h>

#include <vector>

namespace matside::agreement {
namespace {

constexpr double kTwoDigits = 0.005;

// Six targets rated by four judges: Shrout and Fleiss 1979, table 2. R's package psych tests
// its ICC with these ratings and the coefficients below.
const std::vector<std::vector<double>> kRatings{{9, 2, 5, 8}, {6, 1, 3, 2},  {8, 4, 6, 8},
                                                {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}};

TEST(Intraclass, HasTheMeanSquaresOfShroutAndFleiss1979) {
  const MeanSquares squares = mean_squares(kRatings);
  EXPECT_EQ(squares.targets, 6U);
  EXPECT_EQ(squares.judges, 4U);
  EXPECT_NEAR(squares.of_targets, 11.24, kTwoDigits);
  EXPECT_NEAR(squares.of_judges, 32.49, kTwoDigits);
  EXPECT_NEAR(squares.of_error, 1.02, kTwoDigits);
}

TEST(Intraclass, ReproducesThePrintedCoefficientsOfShroutAndFleiss1979) {
  const MeanSquares squares = mean_squares(kRatings);
  EXPECT_NEAR(icc_agreement(squares).value, 0.29, kTwoDigits);
  EXPECT_NEAR(icc_consistency(squares).value, 0.71, kTwoDigits);
}

TEST(Intraclass, HasTheIntervalsThatStatisticsProgramsPrintForTheSameRatings) {
  // R's package psych, function ICC, prints 0.019 to 0.76, and 0.342 to 0.95.
  const MeanSquares squares = mean_squares(kRatings);
  const auto agreement = icc_agreement(squares).interval;
  const auto consistency = icc_consistency(squares).interval;
  ASSERT_TRUE(agreement && consistency);
  EXPECT_NEAR(agreement->low, 0.019, 0.0005);
  EXPECT_NEAR(agreement->high, 0.76, kTwoDigits);
  EXPECT_NEAR(consistency->low, 0.342, 0.0005);
  EXPECT_NEAR(consistency->high, 0.95, kTwoDigits);
}

TEST(Intraclass, IsOneWithoutAnIntervalWhereTheJudgesAgreeExactly) {
  const std::vector<std::vector<double>> ratings{{10, 10}, {50, 50}, {90, 90}};
  const Estimate agreement = icc_agreement(mean_squares(ratings));
  EXPECT_DOUBLE_EQ(agreement.value, 1.0);
  EXPECT_FALSE(agreement.interval);
}

TEST(Intraclass, OfConsistencyIgnoresAConstantOffset) {
  const std::vector<std::vector<double>> ratings{{10, 20}, {50, 60}, {90, 100}};
  EXPECT_DOUBLE_EQ(icc_consistency(mean_squares(ratings)).value, 1.0);
  EXPECT_LT(icc_agreement(mean_squares(ratings)).value, 0.99);
}

TEST(Intraclass, HasIntervalsWithinWhatIsPossible) {
  const std::vector<std::vector<double>> ratings{{100, 103}, {102, 99}, {101, 101}};
  const auto interval = icc_consistency(mean_squares(ratings)).interval;
  ASSERT_TRUE(interval);
  EXPECT_GE(interval->low, -1.0);
  EXPECT_LE(icc_agreement(mean_squares(ratings)).interval->high, 1.0);
}

TEST(Intraclass, IsZeroWhereNothingDiffers) {
  const std::vector<std::vector<double>> ratings{{10, 10}, {10, 10}, {10, 10}};
  EXPECT_DOUBLE_EQ(icc_agreement(mean_squares(ratings)).value, 0.0);
  EXPECT_DOUBLE_EQ(icc_consistency(mean_squares(ratings)).value, 0.0);
}

}  // namespace
}  // namespace matside::agreement
