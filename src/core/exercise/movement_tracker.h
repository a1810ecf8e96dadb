// The movement while it happens. Provisional, to report a kick at once; what counts is what
// find_repetitions() finds when the movement has ended.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/quantity.h"
#include "core/exercise/definition.h"
#include "core/pose/landmark.h"
#include "core/signal/samples.h"

namespace matside::exercise {

/// What the raised leg is doing.
enum class MovementPhase : std::uint8_t { rest, bending, kicking, lowering };

/// As in messages: rest, bending, kicking, lowering.
std::string_view name(MovementPhase phase);

/// The movement after the last frame.
struct MovementState {
  MovementPhase phase = MovementPhase::rest;
  pose::Side raised = pose::Side::left;  ///< by the labels of the last frame
  int kicks = 0;                         ///< of this movement, up to now
  base::Seconds last_kick;  ///< time of the greatest bend; means something once kicks > 0
  double reading = 0.0;     ///< where the exercise has a cycle: of its channel, above rest
};

/// Follows the raised leg, frame by frame. One for each practice; allocates at construction.
class MovementTracker {
 public:
  MovementTracker(const RepetitionRules& rules, const LiveRules& live, const Level& level);

  /// A leg is raised. Times must rise.
  /// @param flexion of its knee above rest, unfiltered
  /// @param noise standard deviation of such readings at rest
  void update(base::Seconds time, base::Degrees flexion, base::Degrees noise, pose::Side leg);
  /// Both legs are down, or nobody is seen.
  void rest();

  [[nodiscard]] const MovementState& movement() const { return now_; }

 private:
  void rise(const signal::Sample& mean, double prominence_deg);
  void kick();
  [[nodiscard]] MovementPhase phase_of(const signal::Sample& mean) const;

  const RepetitionRules& rules_;
  const LiveRules& live_;
  int kicks_wanted_;
  double usual_top_deg_;  ///< where this person's kicks end, the level's full kick at first
  MovementState now_;
  std::vector<signal::Sample> recent_;  ///< readings, for the speed and the mean
  bool rising_ = true;
  bool kicked_ = false;  ///< a kick was reported for this rise
  double valley_deg_ = 0.0;
  signal::Sample top_;  ///< of this rise
};

}  // namespace matside::exercise
