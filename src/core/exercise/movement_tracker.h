// The movement as it happens: what a teacher sees before the foot is down again. Provisional,
// to sound a kick at once; what counts is what `judge` finds when the movement has ended.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/quantity.h"
#include "core/exercise/definition.h"
#include "core/pose/landmark.h"
#include "core/signal/samples.h"

namespace matside::exercise {

enum class MovementPhase : std::uint8_t { rest, bending, kicking, lowering };

/// As messages tell it: rest, bending, kicking, lowering.
std::string_view name(MovementPhase phase);

struct MovementState {
  MovementPhase phase = MovementPhase::rest;
  pose::Side raised = pose::Side::left;  ///< by the labels of the moment
  int kicks = 0;                         ///< of the movement under way
  base::Seconds last_kick;               ///< the knee's greatest bend, once there was a kick
};

class MovementTracker {
 public:
  MovementTracker(const RepetitionRules& rules, const Level& level);

  /// A leg is raised: its knee flexion above rest as read, and how far readings stray at rest.
  /// Times must rise.
  void update(base::Seconds time, base::Degrees flexion, base::Degrees noise, pose::Side leg);
  /// Both legs are down, or nobody is seen.
  void rest();

  [[nodiscard]] const MovementState& movement() const { return now_; }

 private:
  void rise(const signal::Sample& mean, double prominence_deg);
  void kick();
  [[nodiscard]] MovementPhase phase_of(const signal::Sample& mean) const;

  RepetitionRules rules_;
  int kicks_wanted_;
  double usual_top_deg_;  ///< where this person's kicks end, the level's full kick at first
  MovementState now_;
  std::vector<signal::Sample> recent_;  ///< readings, for the speed and the mean
  bool rising_ = true;
  bool kicked_ = false;  ///< this rise has been told as a kick
  double valley_deg_ = 0.0;
  signal::Sample top_;  ///< of this rise
};

}  // namespace matside::exercise
