// Quantiles of the distributions that confidence intervals need, by Boost.Math.
#pragma once

namespace matside::agreement {

/// @param probability  above 0 and below 1
/// @param freedom  degrees of freedom, above 0; need not be whole
/// @returns infinity or NaN where the quantile is beyond the range of a double
double normal_quantile(double probability);
double student_t_quantile(double probability, double freedom);
double chi_squared_quantile(double probability, double freedom);
double f_quantile(double probability, double numerator_freedom, double denominator_freedom);

}  // namespace matside::agreement
