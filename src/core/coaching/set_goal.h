// How many repetitions a set has, and when it is done.
#pragma once

#include "core/coaching/counts.h"
#include "core/exercise/repetition.h"

namespace matside::coaching {

/// A set of so many repetitions: of each side, or in all where no leg moves alone.
struct SetGoal {
  int repetitions = 1;
  bool by_side = true;

  /// Total of the first half.
  [[nodiscard]] int half_way() const { return by_side ? repetitions : (repetitions + 1) / 2; }

  [[nodiscard]] bool reached(const engine::RepetitionCounts& counts) const {
    if (!by_side) return total(counts) >= repetitions;
    const bool each_side = counts.left >= repetitions && counts.right >= repetitions;
    return each_side || (counts.unsure > 0 && total(counts) >= 2 * repetitions);
  }
};

/// The number to say after a repetition of that side; 0 where the side is unsure.
inline int number_to_say(exercise::KickingSide side, const engine::RepetitionCounts& counts) {
  switch (side) {
    case exercise::KickingSide::left:
      return counts.left;
    case exercise::KickingSide::right:
      return counts.right;
    case exercise::KickingSide::both:
      return counts.both;
    case exercise::KickingSide::unsure:
      break;
  }
  return 0;
}

}  // namespace matside::coaching
