// Random practices of any exercise that its file describes by channels.
#pragma once

#include <cstdint>

#include "tests/support/cycle_practice.h"
#include "tests/support/random.h"

namespace matside::support {

/// Options of random_cycle_practice().
struct RandomCycleOptions {
  bool faults = true;        ///< some repetitions have faults
  bool uneven_times = true;  ///< frames come at uneven times, some not at all
  double fault_share = 0.4;  ///< of the repetitions
  int fewest_repetitions = 6;
  int most_repetitions = 12;
};

/// A practice of that level seen by a recommended camera at 24 to 60 frames a second. Clean
/// repetitions are clear of every rule of the level, where the rules leave room for that.
/// `definition` must outlive the practice; it has a cycle and the level.
CyclePractice random_cycle_practice(const exercise::Definition& definition, int level,
                                    std::uint64_t seed, const RandomCycleOptions& draw = {});

/// A practice of so many repetitions without a fault, on each side where the legs alternate.
/// Before and after them the person lies still, for as long as somebody who is told what to do.
CyclePractice calm_cycle_practice(const exercise::Definition& definition, int level,
                                  int repetitions, std::uint64_t seed);

}  // namespace matside::support
