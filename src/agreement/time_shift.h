// How far the clocks of two measurements differ.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "agreement/curve.h"
#include "core/base/quantity.h"

namespace matside::agreement {

/// Both knees of a measurement, by pose::index(Side).
using Curves = std::array<Curve, 2>;

/// What is added to the measured times.
struct TimeShift {
  base::Seconds shift;
  bool given = false;  ///< By the person; then nothing else is known of it.
  /// Pearson's correlation of the knees' curves after the shift.
  double correlation = 0.0;
  /// Standard error by the spread of the shifts of single bends; absent with fewer than three.
  std::optional<base::Seconds> standard_error;
  std::size_t bends = 0;  ///< How many bends that is from.
  /// Another shift, a second or more away, fits almost as well.
  std::optional<base::Seconds> rival;
};

/// After the shift, the two may begin this far apart.
inline constexpr base::Seconds kMaxApart(1200.0);
/// Curves that correlate less have no common movement.
inline constexpr double kMinCorrelation = 0.5;
/// A shift whose correlation is less below the best is a rival.
inline constexpr double kRivalCorrelation = 0.02;

/// The shift at which the curves correlate most: both knees together, at every shift that
/// leaves half of the shorter measurement in common and lets the two begin at most kMaxApart
/// apart. First in steps of 0.1 s, then of 0.01 s, then at the top of a parabola.
/// @returns nothing where no shift gives kMinCorrelation
std::optional<TimeShift> find_time_shift(const Curves& measured, const Curves& reference);

}  // namespace matside::agreement
