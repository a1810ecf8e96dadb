#include "agreement/intraclass.h"

#include <algorithm>
#include <cmath>

#include "agreement/distributions.h"

namespace matside::agreement {
namespace {

constexpr double kUpperProbability = 1.0 - (1.0 - kConfidence) / 2.0;

double ratio(double numerator, double denominator) {
  return denominator > 0.0 ? numerator / denominator : 0.0;
}

/// The part of an interval that a coefficient of k judges can be in; nothing where the data are
/// too extreme for its quantiles.
std::optional<Interval> possible(const Interval& interval, std::size_t judges) {
  if (!std::isfinite(interval.low) || !std::isfinite(interval.high)) return std::nullopt;
  const double lowest = -1.0 / (static_cast<double>(judges) - 1.0);
  return Interval{std::max(interval.low, lowest), std::min(interval.high, 1.0)};
}

Interval agreement_interval(const MeanSquares& squares, double icc) {
  const auto n = static_cast<double>(squares.targets);
  const auto k = static_cast<double>(squares.judges);
  const double judges_f = squares.of_judges / squares.of_error;
  const double spread = n * (1.0 + (k - 1.0) * icc) - k * icc;
  const double numerator = k * icc * judges_f + spread;
  const double freedom =
      (k - 1.0) * (n - 1.0) * numerator * numerator /
      ((n - 1.0) * k * k * icc * icc * judges_f * judges_f + spread * spread);
  const double rest = k * squares.of_judges + (k * n - k - n) * squares.of_error;
  const double f_low = f_quantile(kUpperProbability, n - 1.0, freedom);
  const double f_high = f_quantile(kUpperProbability, freedom, n - 1.0);
  return {n * (squares.of_targets - f_low * squares.of_error) /
              (f_low * rest + n * squares.of_targets),
          n * (f_high * squares.of_targets - squares.of_error) /
              (rest + n * f_high * squares.of_targets)};
}

Interval consistency_interval(const MeanSquares& squares) {
  const auto n = static_cast<double>(squares.targets);
  const auto k = static_cast<double>(squares.judges);
  const double f = squares.of_targets / squares.of_error;
  const double error_freedom = (n - 1.0) * (k - 1.0);
  const double low = f / f_quantile(kUpperProbability, n - 1.0, error_freedom);
  const double high = f * f_quantile(kUpperProbability, error_freedom, n - 1.0);
  return {(low - 1.0) / (low + k - 1.0), (high - 1.0) / (high + k - 1.0)};
}

}  // namespace

MeanSquares mean_squares(std::span<const std::vector<double>> ratings) {
  MeanSquares squares;
  squares.targets = ratings.size();
  squares.judges = ratings.front().size();
  const auto n = static_cast<double>(squares.targets);
  const auto k = static_cast<double>(squares.judges);
  std::vector<double> judge_means(squares.judges, 0.0);
  std::vector<double> target_means(squares.targets, 0.0);
  double mean = 0.0;
  for (std::size_t i = 0; i < squares.targets; ++i) {
    for (std::size_t j = 0; j < squares.judges; ++j) {
      target_means[i] += ratings[i][j] / k;
      judge_means[j] += ratings[i][j] / n;
      mean += ratings[i][j] / (n * k);
    }
  }
  for (std::size_t i = 0; i < squares.targets; ++i) {
    const double off_target = target_means[i] - mean;
    squares.of_targets += k * off_target * off_target / (n - 1.0);
    for (std::size_t j = 0; j < squares.judges; ++j) {
      const double error = ratings[i][j] - target_means[i] - judge_means[j] + mean;
      squares.of_error += error * error / ((n - 1.0) * (k - 1.0));
    }
  }
  for (const double judge_mean : judge_means) {
    squares.of_judges += n * (judge_mean - mean) * (judge_mean - mean) / (k - 1.0);
  }
  return squares;
}

Estimate icc_agreement(const MeanSquares& squares) {
  const auto n = static_cast<double>(squares.targets);
  const auto k = static_cast<double>(squares.judges);
  Estimate icc;
  icc.value = ratio(squares.of_targets - squares.of_error,
                    squares.of_targets + (k - 1.0) * squares.of_error +
                        k * (squares.of_judges - squares.of_error) / n);
  if (squares.of_error > 0.0) {
    icc.interval = possible(agreement_interval(squares, icc.value), squares.judges);
  }
  return icc;
}

Estimate icc_consistency(const MeanSquares& squares) {
  const auto k = static_cast<double>(squares.judges);
  Estimate icc;
  icc.value = ratio(squares.of_targets - squares.of_error,
                    squares.of_targets + (k - 1.0) * squares.of_error);
  if (squares.of_error > 0.0)
    icc.interval = possible(consistency_interval(squares), squares.judges);
  return icc;
}

}  // namespace matside::agreement
