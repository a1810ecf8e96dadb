// Which leg kicked: all the evidence of a repetition together, in log-odds.
#pragma once

#include <optional>

#include "core/exercise/repetition.h"
#include "core/exercise/segment_signals.h"

namespace matside::exercise {

/// The answer of estimate_kicking_side().
struct SideEstimate {
  KickingSide side = KickingSide::unsure;
  double confidence = 0.5;  ///< that it is the more likely side, 0.5 to 1
  pose::Side more_likely_side = pose::Side::left;
};

/// Adds up the network's labels while the foot rises, at the top and while it sinks, the raised
/// shank's length against each leg's own, and, weakly, that sides alternate. In space the
/// labels are right: the side is the leg that was raised for most of the time.
/// @param start, end of the repetition
/// @param last_side of the last repetition whose side was sure, if any
/// @returns `unsure` where the log-odds stay below SideRules::decision_log_odds
/// @source movement.md 5.4
SideEstimate estimate_kicking_side(const SegmentSignals& signals, base::Seconds start,
                                   base::Seconds end, std::optional<pose::Side> last_side,
                                   const Definition& definition);

}  // namespace matside::exercise
