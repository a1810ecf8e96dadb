// The One-Euro filter: steady at rest, quick in motion, causal.
#pragma once

#include <optional>

#include "core/base/quantity.h"

namespace matside::signal {

/// Settings; the defaults decide how quickly live rest is found (movement.md 6.2).
struct OneEuroSettings {
  double min_cutoff_hz = 1.5;  ///< cut-off at rest
  double beta = 0.02;          ///< cut-off gained per unit of speed (unit of x, per second)
  double derivative_cutoff_hz = 1.0;  ///< cut-off of the speed estimate
};

/// @source Casiez, Roussel, Vogel 2012, "1 euro filter", CHI '12, equations 1 to 6.
class OneEuro {
 public:
  OneEuro() = default;
  explicit OneEuro(OneEuroSettings settings) : settings_(settings) {}

  /// The filtered value. Times must rise; a step of zero or less returns the last value.
  double push(base::Seconds time, double x);
  /// Filtered rate of change per second, 0 before the second value.
  [[nodiscard]] double rate() const { return rate_; }
  /// Forgets all values.
  void reset();

 private:
  OneEuroSettings settings_;
  std::optional<base::Seconds> last_time_;
  double raw_ = 0.0;
  double value_ = 0.0;
  double rate_ = 0.0;
};

}  // namespace matside::signal
