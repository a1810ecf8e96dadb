#include "core/coaching/posture_monitor.h"

namespace matside::coaching {
namespace {

using base::Seconds;
using kinematics::BodyPosture;

/// Whether the condition `so` has held for `hold`; `since` is when it began.
bool lasts(bool so, Seconds now, Seconds hold, std::optional<Seconds>& since) {
  if (!so) {
    since.reset();
    return false;
  }
  if (!since) since = now;
  return now - *since >= hold;
}

}  // namespace

void PostureMonitor::observe(const engine::FrameState& frame_state) {
  const Seconds hold(rules_.hold.value);
  const bool lying = frame_state.person && frame_state.posture == BodyPosture::lying;
  has_lain_ = has_lain_ || lying;
  const bool upright = frame_state.person && frame_state.posture == BodyPosture::upright;
  sat_up_ = lasts(has_lain_ && upright, frame_state.time, hold, upright_since_);
  const bool still = frame_state.movement.phase == exercise::MovementPhase::rest;
  const double trunk_deg = frame_state.trunk.value();
  if (!usual_trunk_deg_) {
    if (lying && still && frame_state.settled && trunk_deg >= rules_.propped_from.value) {
      usual_trunk_deg_ = trunk_deg;
    }
    return;
  }
  const bool low =
      lying && still && trunk_deg < rules_.chest_down_share.value * *usual_trunk_deg_;
  const bool high = lying && trunk_deg > rules_.chest_up_share.value * *usual_trunk_deg_;
  if (lasts(low, frame_state.time, hold, low_since_)) chest_down_ = true;
  if (lasts(high, frame_state.time, hold, high_since_)) chest_down_ = false;
}

void PostureMonitor::restart() {
  low_since_.reset();
  high_since_.reset();
  upright_since_.reset();
  has_lain_ = false;
  sat_up_ = false;
}

}  // namespace matside::coaching
