#include "core/coaching/posture_watch.h"

namespace matside::coaching {
namespace {

using base::Seconds;
using kinematics::Attitude;

// A posture counts once it has lasted so long.
constexpr Seconds kLasting(1.0);
// A trunk flatter than this was never propped up (movement.md 6.1: level 0 ends at 10 degrees).
constexpr double kProppedDeg = 15.0;
// The chest is down below this share of the usual incline, and up again above that one; between
// them lies what a sinking chest does (6 of some 29 degrees).
constexpr double kDown = 0.4;
constexpr double kUp = 0.7;

/// Whether `so` has lasted; `since` remembers from when.
bool lasts(bool so, Seconds now, std::optional<Seconds>& since) {
  if (!so) {
    since.reset();
    return false;
  }
  if (!since) since = now;
  return now - *since >= kLasting;
}

}  // namespace

void PostureWatch::see(const engine::Moment& moment) {
  const bool lying = moment.person && moment.attitude == Attitude::lying;
  lain_ = lain_ || lying;
  const bool upright = moment.person && moment.attitude == Attitude::upright;
  sat_up_ = lasts(lain_ && upright, moment.time, upright_since_);
  const bool still = moment.movement.phase == exercise::MovementPhase::rest;
  const double trunk_deg = moment.trunk.value();
  if (!usual_trunk_deg_) {
    if (lying && still && moment.settled && trunk_deg >= kProppedDeg) {
      usual_trunk_deg_ = trunk_deg;
    }
    return;
  }
  const bool low = lying && still && trunk_deg < kDown * *usual_trunk_deg_;
  const bool high = lying && trunk_deg > kUp * *usual_trunk_deg_;
  if (lasts(low, moment.time, low_since_)) chest_down_ = true;
  if (lasts(high, moment.time, high_since_)) chest_down_ = false;
}

void PostureWatch::look_anew() {
  low_since_.reset();
  high_since_.reset();
  upright_since_.reset();
  lain_ = false;
  sat_up_ = false;
}

}  // namespace matside::coaching
