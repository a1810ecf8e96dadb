// Intraclass correlation coefficients of a single measurement.
//
// @source Shrout PE, Fleiss JL. Intraclass correlations: uses in assessing rater reliability.
//   Psychol Bull 1979; 86: 420-428
// @source McGraw KO, Wong SP. Forming inferences about some intraclass correlation
//   coefficients. Psychol Methods 1996; 1: 30-46 (and the correction, 1996; 1: 390)
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "agreement/estimate.h"

namespace matside::agreement {

/// The mean squares of a two-way analysis of variance without repetition.
struct MeanSquares {
  std::size_t targets = 0;  ///< n, at least 2.
  std::size_t judges = 0;   ///< k, at least 2.
  double of_targets = 0.0;
  double of_judges = 0.0;
  double of_error = 0.0;
};

/// @param ratings  one row for each target with one value for each judge: at least two rows of
///   the same length, which is at least 2
MeanSquares mean_squares(std::span<const std::vector<double>> ratings);

/// ICC(2,1), ICC(A,1) of McGraw and Wong: absolute agreement, the judges being a sample. A
/// difference between the judges' means lowers it.
/// (MS_T - MS_E) / (MS_T + (k-1) MS_E + k (MS_J - MS_E) / n); the interval uses F with
/// Satterthwaite's degrees of freedom.
/// @returns no interval where nothing differs but the targets; 0 where nothing differs at all
Estimate icc_agreement(const MeanSquares& squares);

/// ICC(3,1), ICC(C,1) of McGraw and Wong: consistency. A difference between the judges' means
/// has no influence. (MS_T - MS_E) / (MS_T + (k-1) MS_E); the interval uses F.
/// @returns as icc_agreement()
Estimate icc_consistency(const MeanSquares& squares);

}  // namespace matside::agreement
