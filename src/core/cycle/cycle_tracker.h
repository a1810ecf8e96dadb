// The movement while it happens, for an exercise that is described by channels. Provisional;
// what counts is what find_cycles() finds when the movement has ended.
#pragma once

#include <vector>

#include "core/base/quantity.h"
#include "core/exercise/cycle_rules.h"
#include "core/exercise/definition.h"
#include "core/exercise/movement_tracker.h"
#include "core/pose/landmark.h"
#include "core/signal/samples.h"

namespace matside::cycle {

/// Follows the channel that makes repetitions, frame by frame. Allocates at construction.
class CycleTracker {
 public:
  /// The definition must outlive the tracker and have a cycle.
  CycleTracker(const exercise::Definition& definition, const exercise::Level& level);

  /// A movement is under way. Times must rise.
  /// @param value of the channel above rest, filtered
  void update(base::Seconds time, double value, pose::Side leg);
  /// Everything is at rest, or nobody is seen.
  void rest();

  /// Phases are rest, bending (on the way up), kicking (at the top) and lowering; kicks are
  /// peaks.
  [[nodiscard]] const exercise::MovementState& movement() const { return now_; }

 private:
  void follow_peaks(const signal::Sample& sample);
  [[nodiscard]] exercise::MovementPhase phase_of(const signal::Sample& sample) const;

  const exercise::CycleRules& rules_;
  const exercise::LiveRules& live_;
  int peaks_wanted_;
  exercise::MovementState now_;
  std::vector<signal::Sample> recent_;
  bool rising_ = true;
  bool counted_ = false;  ///< the peak of this rise was reported
  double valley_ = 0.0;
  signal::Sample top_;  ///< of this rise
};

}  // namespace matside::cycle
