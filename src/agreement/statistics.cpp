#include "agreement/statistics.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <vector>

#include "agreement/distributions.h"
#include "agreement/intraclass.h"
#include "agreement/limits_of_agreement.h"

namespace matside::agreement {
namespace {

/// Sums over pairs, of which any practice can be taken away.
struct Sums {
  double n = 0.0;
  double differences = 0.0;
  double squared_differences = 0.0;
  double means = 0.0;  ///< Of the two measurements of a pair, ...
  double squared_means = 0.0;
  double absolute_differences = 0.0;

  Sums& operator+=(const Sums& other) {
    n += other.n;
    differences += other.differences;
    squared_differences += other.squared_differences;
    means += other.means;
    squared_means += other.squared_means;
    absolute_differences += other.absolute_differences;
    return *this;
  }
};

/// About this angle sums lose no digits.
constexpr double kMiddle_deg = 60.0;

Sums sums_of(const Pair& pair) {
  const double difference = pair.measured_deg - pair.reference_deg;
  const double mean = (pair.measured_deg + pair.reference_deg) / 2.0 - kMiddle_deg;
  return {1.0, difference, difference * difference, mean, mean * mean, std::abs(difference)};
}

/// Sum of the squared distances from the mean, by the sum and the sum of squares.
double squares_about_mean(double n, double sum, double sum_of_squares) {
  return std::max(0.0, sum_of_squares - sum * sum / n);
}

std::vector<Sums> sums_by_practice(std::span<const Pair> pairs) {
  std::map<std::size_t, Sums> practices;
  for (const Pair& pair : pairs) practices[pair.practice] += sums_of(pair);
  std::vector<Sums> sums;
  for (const auto& [practice, each] : practices) sums.push_back(each);
  return sums;
}

Sums total_of(std::span<const Sums> practices) {
  Sums total;
  for (const Sums& each : practices) total += each;
  return total;
}

/// Two judges: the error's mean square is half the variance of the differences.
MeanSquares mean_squares_of(const Sums& sums) {
  MeanSquares squares;
  squares.targets = static_cast<std::size_t>(sums.n);
  squares.judges = 2;
  const double freedom = sums.n - 1.0;
  squares.of_targets =
      2.0 * squares_about_mean(sums.n, sums.means, sums.squared_means) / freedom;
  squares.of_judges = sums.differences * sums.differences / sums.n / 2.0;
  squares.of_error =
      squares_about_mean(sums.n, sums.differences, sums.squared_differences) / freedom / 2.0;
  return squares;
}

LimitsOfAgreement clustered_limits(std::span<const Sums> practices) {
  std::vector<Cluster> clusters;
  for (const Sums& each : practices) {
    clusters.push_back(
        {static_cast<std::size_t>(each.n), each.differences / each.n,
         squares_about_mean(each.n, each.differences, each.squared_differences)});
  }
  return limits_of_clustered(clusters);
}

/// The interval of a statistic over practices. @param statistic  of the sums of practices
template <class Statistic>
std::optional<Interval> jackknife_interval(std::span<const Sums> practices,
                                           Statistic statistic) {
  if (practices.size() < kFewestPractices) return std::nullopt;
  const auto count = static_cast<double>(practices.size());
  const double all = statistic(practices);
  std::vector<double> pseudo_values;
  double mean = 0.0;
  for (std::size_t left_out = 0; left_out < practices.size(); ++left_out) {
    std::vector<Sums> rest(practices.begin(), practices.end());
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(left_out));
    pseudo_values.push_back(count * all - (count - 1.0) * statistic(rest));
    mean += pseudo_values.back() / count;
  }
  double squares = 0.0;
  for (const double value : pseudo_values) squares += (value - mean) * (value - mean);
  const double error = std::sqrt(squares / (count * (count - 1.0)));
  const double half_width =
      student_t_quantile(1.0 - (1.0 - kConfidence) / 2.0, count - 1.0) * error;
  if (!std::isfinite(half_width)) return std::nullopt;
  return Interval{all - half_width, all + half_width};
}

/// No coefficient is above 1 or below -1.
std::optional<Interval> within_one(std::optional<Interval> interval) {
  if (interval) {
    interval->low = std::max(interval->low, -1.0);
    interval->high = std::min(interval->high, 1.0);
  }
  return interval;
}

void add_limits(const LimitsOfAgreement& limits, Agreement& agreement) {
  agreement.bias = limits.bias;
  agreement.deviation = limits.deviation;
  agreement.lower_limit = limits.lower;
  agreement.upper_limit = limits.upper;
}

void add_single_practice(const Sums& sums, Dependence dependence, Agreement& agreement) {
  const double squares = squares_about_mean(sums.n, sums.differences, sums.squared_differences);
  add_limits(limits_of_independent(agreement.pairs, sums.differences / sums.n,
                                   std::sqrt(squares / (sums.n - 1.0))),
             agreement);
  agreement.icc_agreement = icc_agreement(mean_squares_of(sums));
  agreement.icc_consistency = icc_consistency(mean_squares_of(sums));
  if (dependence == Dependence::repetitions) return;
  for (Estimate* estimate : {&agreement.bias, &*agreement.lower_limit, &*agreement.upper_limit,
                             &*agreement.icc_agreement, &*agreement.icc_consistency}) {
    estimate->interval.reset();
  }
}

void add_several_practices(std::span<const Sums> practices, Dependence dependence,
                           Agreement& agreement) {
  add_limits(clustered_limits(practices), agreement);
  if (practices.size() < kFewestPractices) {
    for (Estimate* estimate :
         {&agreement.bias, &*agreement.lower_limit, &*agreement.upper_limit}) {
      estimate->interval.reset();
    }
  } else if (dependence == Dependence::curve) {
    agreement.lower_limit->interval = jackknife_interval(
        practices, [](std::span<const Sums> p) { return clustered_limits(p).lower.value; });
    agreement.upper_limit->interval = jackknife_interval(
        practices, [](std::span<const Sums> p) { return clustered_limits(p).upper.value; });
  }
  const auto by_jackknife = [&](Estimate (*coefficient)(const MeanSquares&)) {
    const auto value = [coefficient](std::span<const Sums> p) {
      return coefficient(mean_squares_of(total_of(p))).value;
    };
    return Estimate{value(practices), within_one(jackknife_interval(practices, value))};
  };
  agreement.icc_agreement = by_jackknife(icc_agreement);
  agreement.icc_consistency = by_jackknife(icc_consistency);
}

}  // namespace

std::optional<Agreement> agreement_of(std::span<const Pair> pairs, Dependence dependence) {
  if (pairs.empty()) return std::nullopt;
  const std::vector<Sums> practices = sums_by_practice(pairs);
  const Sums total = total_of(practices);
  Agreement agreement;
  agreement.pairs = pairs.size();
  agreement.practices = practices.size();
  agreement.bias.value = total.differences / total.n;
  agreement.mae = total.absolute_differences / total.n;
  agreement.rmse = std::sqrt(total.squared_differences / total.n);
  if (pairs.size() < kFewestPairs) return agreement;
  if (practices.size() == 1) {
    add_single_practice(total, dependence, agreement);
  } else {
    add_several_practices(practices, dependence, agreement);
  }
  agreement.sem = *agreement.deviation / std::numbers::sqrt2;
  agreement.mdc95 = kLimitFactor * std::numbers::sqrt2 * *agreement.sem;
  return agreement;
}

}  // namespace matside::agreement
