// What a person asks for in a practice.
#pragma once

#include <cstdint>

#include "core/engine/analysis.h"

namespace matside::coaching {

/// When to breathe out, or no word about breathing: teachers disagree (movement.md 1.2).
enum class BreathingPattern : std::uint8_t { out_on_kicks, in_on_kicks, off };

/// A practice asked for.
struct PracticeRequest {
  int level = 1;
  int repetitions = 10;  ///< a side; in all where no leg moves alone
  bool guided =
      true;  ///< led by voice from beginning to end; otherwise only counted and corrected
  BreathingPattern breath = BreathingPattern::out_on_kicks;
  engine::RepetitionCounts carried = {};  ///< counted in this practice before an interruption
  bool follows = false;  ///< another exercise came before it: the person lies there already
  bool goes_on = false;  ///< another exercise comes after it
};

}  // namespace matside::coaching
