#include "agreement/limits_of_agreement.h"

#include <algorithm>
#include <cmath>

#include "agreement/distributions.h"
#include "core/base/math.h"

namespace matside::agreement {
namespace {

constexpr double kUpperTail = 1.0 - (1.0 - kConfidence) / 2.0;
constexpr double kLowerTail = (1.0 - kConfidence) / 2.0;

Estimate symmetric(double value, double half_width) {
  return {value, Interval{value - half_width, value + half_width}};
}

double squared(double x) { return x * x; }

/// What the limits of clustered differences are made of.
struct Components {
  double clusters = 0.0;
  double differences = 0.0;
  double bias = 0.0;
  double between = 0.0;  ///< Variance of the clusters' means.
  double within = 0.0;   ///< Variance within clusters, times 1 - 1 / harmonic mean.
};

Components components_of(std::span<const Cluster> clusters) {
  Components c;
  double reciprocals = 0.0;
  double squares = 0.0;
  c.clusters = static_cast<double>(clusters.size());
  for (const Cluster& each : clusters) {
    c.differences += static_cast<double>(each.n);
    c.bias += each.mean / c.clusters;
    reciprocals += 1.0 / static_cast<double>(each.n);
    squares += each.squares;
  }
  for (const Cluster& each : clusters) {
    c.between += squared(each.mean - c.bias) / (c.clusters - 1.0);
  }
  const double freedom = c.differences - c.clusters;
  // Without a repeated difference the clusters' means are the differences.
  if (freedom > 0.0) c.within = (1.0 - reciprocals / c.clusters) * squares / freedom;
  return c;
}

/// The interval of the variance of a single difference. @source Zou 2013
Interval variance_interval(const Components& c) {
  const double between_freedom = c.clusters - 1.0;
  const double within_freedom = c.differences - c.clusters;
  const double total = c.between + c.within;
  double below = squared(
      c.between * (1.0 - between_freedom / chi_squared_quantile(kUpperTail, between_freedom)));
  double above = squared(
      c.between * (between_freedom / chi_squared_quantile(kLowerTail, between_freedom) - 1.0));
  if (within_freedom > 0.0) {
    below += squared(c.within *
                     (1.0 - within_freedom / chi_squared_quantile(kUpperTail, within_freedom)));
    above += squared(c.within *
                     (within_freedom / chi_squared_quantile(kLowerTail, within_freedom) - 1.0));
  }
  return {std::max(0.0, total - std::sqrt(below)), total + std::sqrt(above)};
}

}  // namespace

LimitsOfAgreement limits_of_independent(std::size_t n, double mean, double deviation,
                                        double factor) {
  const auto count = static_cast<double>(n);
  const double t = student_t_quantile(kUpperTail, count - 1.0);
  const double limit_half_width = t * deviation * std::sqrt(3.0 / count);
  return {symmetric(mean, t * deviation / std::sqrt(count)), deviation,
          symmetric(mean - factor * deviation, limit_half_width),
          symmetric(mean + factor * deviation, limit_half_width)};
}

LimitsOfAgreement limits_of_clustered(std::span<const Cluster> clusters) {
  const Components c = components_of(clusters);
  const double deviation = std::sqrt(c.between + c.within);
  const double bias_error = std::sqrt(c.between / c.clusters);
  const Interval variance = variance_interval(c);
  const double z = normal_quantile(kUpperTail);
  const double outward =
      base::hypot(z * bias_error, kLimitFactor * (std::sqrt(variance.high) - deviation));
  const double inward =
      base::hypot(z * bias_error, kLimitFactor * (deviation - std::sqrt(variance.low)));
  const double lower = c.bias - kLimitFactor * deviation;
  const double upper = c.bias + kLimitFactor * deviation;
  return {symmetric(c.bias, student_t_quantile(kUpperTail, c.clusters - 1.0) * bias_error),
          deviation,
          {lower, Interval{lower - outward, lower + inward}},
          {upper, Interval{upper - inward, upper + outward}}};
}

}  // namespace matside::agreement
