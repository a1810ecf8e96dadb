#include "core/exercise/measured_value.h"

#include <cmath>

namespace matside::exercise {
namespace {

// A normal error exceeds this many standard deviations once in twenty. A convention of
// statistics, not a threshold of the exercise.
constexpr double kTwoSidedZ95 = 1.96;

}  // namespace

double Measured::deviation() const { return std::hypot(random, systematic); }

Difference difference(const Measured& a, const Measured& b, SharedError shared) {
  const double random = std::hypot(a.random, b.random);
  const double systematic =
      shared == SharedError::systematic ? 0.0 : std::hypot(a.systematic, b.systematic);
  Difference out{a.value - b.value, std::hypot(random, systematic), false};
  out.distinguishable = std::abs(out.value) > kTwoSidedZ95 * out.deviation;
  return out;
}

}  // namespace matside::exercise
