// Two measurements of one practice, brought into pairs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agreement/time_shift.h"
#include "core/base/quantity.h"
#include "core/base/result.h"
#include "formats/knee_measurement.h"

namespace matside::agreement {

/// What an angle of a repetition is counted from.
enum class Zero : std::uint8_t {
  straight,  ///< Hip, knee and ankle in line. Both measurements need curves.
  rest,      ///< The leg at rest before the repetition.
};

/// The same knee at the same time, or the greatest bend of the same repetition.
struct TimedPair {
  base::Seconds time;  ///< Of the reference.
  double measured_deg = 0.0;
  double reference_deg = 0.0;
};

/// By pose::index(Side).
using PairsOfKnees = std::array<std::vector<TimedPair>, 2>;

/// The pairs of one practice, and what has no pair.
struct PairedPractice {
  std::string name;
  std::optional<TimeShift> shift;  ///< Absent: no shift could be found, and none was needed.
  base::Seconds step;              ///< Between pairs in time.
  PairsOfKnees in_time;
  PairsOfKnees repetitions;
  std::size_t only_measured = 0;  ///< Repetitions that the other measurement doesn't have.
  std::size_t only_reference = 0;
  std::size_t unsure = 0;    ///< Repetitions whose side is unsure; left out.
  std::size_t not_seen = 0;  ///< Repetitions in both, but with a gap in a curve.
};

/// Repetitions of the two measurements are the same if they are of the same side and share this
/// part of the time that they span together; the best overlaps first.
inline constexpr double kSameRepetition = 0.3;
/// Rest is the median angle in this time before a repetition.
inline constexpr base::Seconds kRestBefore(1.0);

/// Pairs two measurements. A measurement that lists no repetitions has those of bends_in() its
/// curves. Where a listed repetition's side is unsure, its time has no pairs either. Pairs in
/// time are on a regular grid with the interval of the coarser measurement, at least 0.01 s.
/// @param shift  added to the measured times; absent: find_time_shift() if both have curves, 0
///   otherwise
/// @returns ErrorKind::input if nothing can be paired: no curves and no repetitions, no common
///   movement, no common time, or too long
base::Result<PairedPractice> pair_measurements(const formats::KneeMeasurement& measured,
                                               const formats::KneeMeasurement& reference,
                                               std::optional<base::Seconds> shift, Zero zero);

}  // namespace matside::agreement
