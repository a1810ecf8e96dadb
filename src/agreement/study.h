// The agreement of two measurements in one or many practices, by side and by angle.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agreement/pairing.h"
#include "agreement/statistics.h"
#include "core/pose/landmark.h"

namespace matside::agreement {

enum class PairKind : std::uint8_t {
  repetition,  ///< The greatest bend of each repetition.
  time,        ///< Every time on the grid.
};

/// As in files: repetition, time.
std::string_view name(PairKind kind);

/// A range of angles, by the mean of the two measurements, as the horizontal axis of a
/// Bland-Altman plot: by the reference alone, the reference's own errors would look like a
/// bias.
/// @source Bland JM, Altman DG. Comparing methods of measurement: why plotting difference
///   against standard method is misleading. Lancet 1995; 346: 1085-1087
struct AngleRange {
  std::string_view name;  ///< all, under_30, 30_to_60, 60_to_90, over_90
  double from_deg;
  double to_deg;  ///< Not included.
};

/// The whole, then its parts.
const std::vector<AngleRange>& angle_ranges();

/// The agreement of some of the pairs.
struct StudyRow {
  PairKind kind = PairKind::repetition;
  std::optional<pose::Side> side;  ///< Absent: both knees together.
  AngleRange range;
  Agreement agreement;
};

/// As in files: both, left, right.
std::string_view side_name(const std::optional<pose::Side>& side);

/// The rows that have pairs: repetitions before times, both knees before one, the whole before
/// its ranges.
std::vector<StudyRow> study(const std::vector<PairedPractice>& practices);

}  // namespace matside::agreement
