// How well repetitions found agree with those performed.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/exercise/repetition.h"
#include "tests/support/cycle_practice.h"

namespace matside::support {

/// Of something that is there or not.
struct HitCounts {
  int hits = 0;
  int misses = 0;
  int inventions = 0;

  /// 1 where nothing was there and nothing was found.
  [[nodiscard]] double f1() const;
  HitCounts& operator+=(const HitCounts& other);
};

/// Of one practice or of many.
struct CycleScore {
  int practices = 0;
  HitCounts repetitions;
  int side_wrong = 0;
  int side_unsure = 0;
  int peaks_exact = 0;  ///< as many peaks as performed, of each leg
  std::map<std::string, HitCounts> faults;
  std::vector<double> edge_errors_s;  ///< start and end of each repetition matched
  std::vector<std::string> failures;  ///< a line each

  CycleScore& operator+=(const CycleScore& other);
  [[nodiscard]] HitCounts all_faults() const;
};

/// Repetitions match that overlap by 0.3 of their union, the best first. Faults that are
/// doubtful count neither way; those of a missed repetition are missed.
CycleScore score_cycles(std::span<const CycleRepetition> performed,
                        std::span<const exercise::Repetition> found);

}  // namespace matside::support
