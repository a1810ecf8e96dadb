// Bland-Altman limits of agreement with their confidence intervals.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "agreement/estimate.h"

namespace matside::agreement {

/// How many standard deviations of the differences the limits are from the mean difference.
/// Bland and Altman (1986) rounded it to 2.
inline constexpr double kLimitFactor = 1.959963984540054;

/// Between these limits lie 95 of 100 differences, if they are normally distributed.
struct LimitsOfAgreement {
  Estimate bias;           ///< The mean difference.
  double deviation = 0.0;  ///< Standard deviation of a single difference.
  Estimate lower;
  Estimate upper;
};

/// The limits of independent differences.
///
/// Limits: mean -+ factor * SD. The standard error of the mean is SD / sqrt(n), that of a limit
/// sqrt(3 SD^2 / n), and both intervals use Student's t with n - 1 degrees of freedom.
/// @param n  number of differences, at least 2
/// @param deviation  their standard deviation (divisor n - 1)
/// @source Bland JM, Altman DG. Statistical methods for assessing agreement between two methods
///   of clinical measurement. Lancet 1986; 327: 307-310
LimitsOfAgreement limits_of_independent(std::size_t n, double mean, double deviation,
                                        double factor = kLimitFactor);

/// The differences of one practice, or of another cluster.
struct Cluster {
  std::size_t n = 0;  ///< At least 1.
  double mean = 0.0;
  double squares = 0.0;  ///< Sum of the squared distances from the mean.
};

/// The limits of differences that are clustered, where the true value varies within a cluster.
///
/// With k clusters of m_i differences, N in all, and H the harmonic mean of m_i, the bias is
/// the mean of the clusters' means, and the variance of a single difference is
/// S^2 = S_b^2 + (1 - 1/H) S_w^2, where S_b^2 is the variance of the clusters' means and S_w^2
/// the variance within clusters. The limits are bias -+ factor * S. Their intervals join those
/// of the bias, of S_b^2 (chi-squared, k - 1) and of S_w^2 (chi-squared, N - k) by the method
/// of variance estimates recovery (MOVER). The interval of the bias uses Student's t with k - 1
/// degrees of freedom.
/// @param clusters  at least 2
/// @source Bland JM, Altman DG. Agreement between methods of measurement with multiple
///   observations per individual. J Biopharm Stat 2007; 17: 571-582
/// @source Zou GY. Confidence interval estimation for the Bland-Altman limits of agreement with
///   multiple observations per individual. Stat Methods Med Res 2013; 22: 630-642
LimitsOfAgreement limits_of_clustered(std::span<const Cluster> clusters);

}  // namespace matside::agreement
