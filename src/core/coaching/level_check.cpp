#include "core/coaching/level_check.h"

#include <algorithm>

namespace matside::coaching {

using base::Seconds;
using exercise::LevelPosture;

std::optional<std::string_view> LevelCheck::observe(const engine::FrameState& frame_state,
                                                    bool at_rest) {
  const bool lying =
      frame_state.person && frame_state.posture == kinematics::BodyPosture::lying;
  const auto posture = level_posture(level_, camera_, frame_state.trunk);
  // On the forearms, no chest is too high.
  const bool too_high = posture == LevelPosture::too_high && level_.trunk_min.value <= 0.0;
  as_asked_ = lying && posture != LevelPosture::too_low && !too_high;
  if (!as_asked_) as_asked_since_.reset();
  if (!lying || as_asked_) other_since_.reset();
  if (as_asked_ && !as_asked_since_) as_asked_since_ = frame_state.time;
  if (lying && !as_asked_ && !other_since_) other_since_ = frame_state.time;
  if (as_asked_ && at_rest && frame_state.time - *as_asked_since_ >= hold_)
    was_as_asked_ = true;
  if (was_as_asked_ || given_up_ || !other_since_ || !at_rest || frame_state.time < due())
    return std::nullopt;
  if (reminders_ == static_cast<int>(placement_.hints_max.value)) {
    given_up_ = true;
    return "stay_as_you_are";
  }
  ++reminders_;
  asked_at_ = frame_state.time;
  return too_high ? "lying_propped" : "lying_flat";
}

void LevelCheck::unsaid() {
  if (given_up_) return;
  --reminders_;
  asked_at_.reset();
}

// The first reminder waits until the person has had time to act on what was said before.
Seconds LevelCheck::due() const {
  const bool between_reminders =
      reminders_ > 0 && reminders_ < static_cast<int>(placement_.hints_max.value);
  const Seconds wait(
      (between_reminders ? placement_.repeat_interval : placement_.hint_interval).value);
  return std::max(*other_since_ + hold_, asked_at_.value_or(*other_since_) + wait);
}

}  // namespace matside::coaching
