// Sums of a practice's counts.
#pragma once

#include "core/engine/analysis.h"

namespace matside::coaching {

/// All repetitions, whatever their side.
inline int total(const engine::RepetitionCounts& counts) {
  return counts.left + counts.right + counts.unsure + counts.both;
}

/// The counts of two parts of a practice.
inline engine::RepetitionCounts sum(const engine::RepetitionCounts& a,
                                    const engine::RepetitionCounts& b) {
  return {a.left + b.left,   a.right + b.right, a.unsure + b.unsure,
          a.kicks + b.kicks, a.clean + b.clean, a.both + b.both};
}

}  // namespace matside::coaching
