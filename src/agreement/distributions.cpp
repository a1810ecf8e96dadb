#include "agreement/distributions.h"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace matside::agreement {
namespace {

namespace policies = boost::math::policies;
/// Extreme degrees of freedom give an infinity or NaN, never an exception.
using Quiet = policies::policy<policies::domain_error<policies::ignore_error>,
                               policies::pole_error<policies::ignore_error>,
                               policies::overflow_error<policies::ignore_error>,
                               policies::evaluation_error<policies::ignore_error>>;

}  // namespace

double normal_quantile(double probability) {
  return boost::math::quantile(boost::math::normal_distribution<double, Quiet>(), probability);
}

double student_t_quantile(double probability, double freedom) {
  return boost::math::quantile(boost::math::students_t_distribution<double, Quiet>(freedom),
                               probability);
}

double chi_squared_quantile(double probability, double freedom) {
  return boost::math::quantile(boost::math::chi_squared_distribution<double, Quiet>(freedom),
                               probability);
}

double f_quantile(double probability, double numerator_freedom, double denominator_freedom) {
  return boost::math::quantile(
      boost::math::fisher_f_distribution<double, Quiet>(numerator_freedom, denominator_freedom),
      probability);
}

}  // namespace matside::agreement
