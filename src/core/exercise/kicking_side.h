// Whose leg was it: all the evidence of a repetition together, as log-odds.
#pragma once

#include <optional>

#include "core/exercise/segment_signals.h"
#include "core/exercise/repetition.h"

namespace matside::exercise {

struct SideEstimate {
  KickingSide side = KickingSide::unsure;
  double confidence = 0.5;  ///< of the more_likely_side side, 0.5 to 1
  pose::Side more_likely_side = pose::Side::left;
};

/// Weighs the network's labels while the foot rises, at the top and while it sinks, the raised
/// shank's length against each leg's own, and, weakly, that sides alternate. Below the bar the
/// answer is unsure.
/// @source movement.md 5.4
SideEstimate estimate_kicking_side(const SegmentSignals& signals, base::Seconds start, base::Seconds end,
                         std::optional<pose::Side> last_side);

}  // namespace matside::exercise
