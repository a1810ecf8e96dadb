#include "core/exercise/measured_value.h"

#include <cmath>

#include "core/base/math.h"

namespace matside::exercise {
namespace {

// A normal error exceeds this many standard deviations once in twenty. A convention of
// statistics, not a threshold of the exercise.
constexpr double kTwoSidedZ95 = 1.96;

}  // namespace

double Measured::deviation() const { return base::hypot(random, systematic); }

Difference difference(const Measured& a, const Measured& b, SharedError shared) {
  const double random = base::hypot(a.random, b.random);
  const double systematic =
      shared == SharedError::systematic ? 0.0 : base::hypot(a.systematic, b.systematic);
  Difference out{a.value - b.value, base::hypot(random, systematic), false};
  out.distinguishable = std::abs(out.value) > kTwoSidedZ95 * out.deviation;
  return out;
}

}  // namespace matside::exercise
