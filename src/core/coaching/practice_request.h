// What a person wants of a practice.
#pragma once

#include <cstdint>

#include "core/engine/analysis.h"

namespace matside::coaching {

/// When to breathe out, or that nothing is said of it: teachers do not agree (movement.md 1.2).
enum class BreathingPattern : std::uint8_t { out_on_kicks, in_on_kicks, off };

struct PracticeRequest {
  int level = 1;
  int repetitions = 10;  ///< a side
  bool guided = true;    ///< led by words from beginning to end; else watched and corrected
  BreathingPattern breath = BreathingPattern::out_on_kicks;
  engine::RepetitionCounts carried = {};  ///< counted in this practice before the source broke off
};

}  // namespace matside::coaching
