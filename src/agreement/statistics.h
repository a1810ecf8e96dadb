// How well pairs of measurements agree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "agreement/estimate.h"

namespace matside::agreement {

/// Two measurements of the same knee at the same time, or in the same repetition.
struct Pair {
  double measured_deg = 0.0;
  double reference_deg = 0.0;
  std::size_t practice = 0;  ///< Pairs of the same practice have the same number.
};

/// How the pairs of one practice depend on each other.
enum class Dependence : std::uint8_t {
  repetitions,  ///< Each pair is a repetition of its own: independent within a practice.
  curve,        ///< Neighbours on a curve: a single practice allows no interval.
};

/// Fewer pairs have no limits and no coefficients.
inline constexpr std::size_t kFewestPairs = 3;
/// Intervals over several practices need as many.
inline constexpr std::size_t kFewestPractices = 3;
/// With fewer pairs the intervals matter more than the values. @source Terwee CB et al. Quality
///   criteria were proposed for measurement properties of health status questionnaires. J Clin
///   Epidemiol 2007; 60: 34-42 (at least 50 for agreement)
inline constexpr std::size_t kManyPairs = 50;

/// Differences are measured minus reference, in degrees.
struct Agreement {
  std::size_t pairs = 0;
  std::size_t practices = 0;
  Estimate bias;      ///< Mean difference; over several practices, the mean of their means.
  double mae = 0.0;   ///< Mean absolute difference of all pairs.
  double rmse = 0.0;  ///< Root of the mean squared difference of all pairs.
  std::optional<double> deviation;  ///< Standard deviation of a single difference.
  std::optional<Estimate> lower_limit;
  std::optional<Estimate> upper_limit;
  std::optional<Estimate> icc_agreement;    ///< ICC(2,1)
  std::optional<Estimate> icc_consistency;  ///< ICC(3,1)
  /// Standard error of measurement: deviation / sqrt(2), if both measurements have the same
  /// error. It has no part of the bias.
  /// @source Weir JP. Quantifying test-retest reliability using the intraclass correlation
  ///   coefficient and the SEM. J Strength Cond Res 2005; 19: 231-240
  std::optional<double> sem;
  /// Minimal detectable change: 1.96 sqrt(2) SEM. @source Weir 2005 (minimal difference)
  std::optional<double> mdc95;
};

/// With one practice: limits_of_independent(), and the intervals of the coefficients by F. With
/// several: limits_of_clustered(), and the intervals of the coefficients (on curves, those of
/// the limits too) by the jackknife over practices, with Student's t.
/// @source Efron B, Tibshirani RJ. An introduction to the bootstrap. Chapman & Hall 1993, ch.
/// 11
/// @returns nothing for no pairs; what the pairs are too few for is absent
std::optional<Agreement> agreement_of(std::span<const Pair> pairs, Dependence dependence);

}  // namespace matside::agreement
