// A value with its confidence interval.
#pragma once

#include <optional>

namespace matside::agreement {

struct Interval {
  double low = 0.0;
  double high = 0.0;
};

/// Every interval of this room covers the true value in 95 of 100 studies.
inline constexpr double kConfidence = 0.95;

struct Estimate {
  double value = 0.0;
  std::optional<Interval> interval;  ///< Absent where the data allow none.
};

}  // namespace matside::agreement
