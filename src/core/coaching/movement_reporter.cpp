#include "core/coaching/movement_reporter.h"

namespace matside::coaching {

using exercise::KickingSide;
using exercise::MovementPhase;

bool MovementReporter::report(const exercise::MovementState& movement, base::Seconds now,
                              std::vector<LessonEvent>& events) {
  const bool left = movement.raised == pose::Side::left;
  const KickingSide side = !by_side_ ? KickingSide::both
                           : left    ? KickingSide::left
                                     : KickingSide::right;
  if (movement.kicks > kicks_)
    events.emplace_back(KickSeen{movement.last_kick, movement.kicks, side});
  kicks_ = movement.kicks;
  if (movement.phase == phase_) return false;
  const bool begins = phase_ == MovementPhase::rest;
  phase_ = movement.phase;
  events.emplace_back(MovementChanged{now, phase_, side});
  return begins;
}

}  // namespace matside::coaching
