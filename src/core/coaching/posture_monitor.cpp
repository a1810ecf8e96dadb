#include "core/coaching/posture_monitor.h"

namespace matside::coaching {
namespace {

using base::Seconds;
using kinematics::BodyPosture;

// A posture counts once it has lasted so long.
constexpr Seconds kLasting(1.0);
// A trunk flatter than this was never propped up (movement.md 6.1: level 0 ends at 10 degrees).
constexpr double kProppedDeg = 15.0;
// The chest is down below this share of the usual incline, and up again above that one; between
// them lies what a sinking chest does (6 of some 29 degrees).
constexpr double kChestDownRatio = 0.4;
constexpr double kChestUpRatio = 0.7;

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

void PostureMonitor::observe(const engine::FrameState& frame_state) {
  const bool lying = frame_state.person && frame_state.posture == BodyPosture::lying;
  has_lain_ = has_lain_ || lying;
  const bool upright = frame_state.person && frame_state.posture == BodyPosture::upright;
  sat_up_ = lasts(has_lain_ && upright, frame_state.time, upright_since_);
  const bool still = frame_state.movement.phase == exercise::MovementPhase::rest;
  const double trunk_deg = frame_state.trunk.value();
  if (!usual_trunk_deg_) {
    if (lying && still && frame_state.settled && trunk_deg >= kProppedDeg) {
      usual_trunk_deg_ = trunk_deg;
    }
    return;
  }
  const bool low = lying && still && trunk_deg < kChestDownRatio * *usual_trunk_deg_;
  const bool high = lying && trunk_deg > kChestUpRatio * *usual_trunk_deg_;
  if (lasts(low, frame_state.time, low_since_)) chest_down_ = true;
  if (lasts(high, frame_state.time, high_since_)) chest_down_ = false;
}

void PostureMonitor::restart() {
  low_since_.reset();
  high_since_.reset();
  upright_since_.reset();
  has_lain_ = false;
  sat_up_ = false;
}

}  // namespace matside::coaching
