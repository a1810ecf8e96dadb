// Says when somebody lies flat at a level on the forearms, or on the forearms at the flat
// level.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/quantity.h"
#include "core/engine/frame_state.h"
#include "core/exercise/coaching_rules.h"
#include "core/exercise/definition.h"
#include "core/exercise/level_posture.h"
#include "core/exercise/observation_rules.h"

namespace matside::coaching {

/// Compares how a person lies with the level that was chosen. Each practice has at most
/// PlacementRules::hints_max reminders. Times are the frames'.
class LevelCheck {
 public:
  LevelCheck(const exercise::Definition& definition, const exercise::Level& level)
      : level_(level),
        camera_(definition.camera),
        placement_(definition.placement),
        hold_(definition.posture.hold.value) {}

  /// The person is asked to come into position: there is time to do it before a reminder.
  void asked(base::Seconds now) { asked_at_ = now; }
  /// The state after a frame. @param at_rest still, with both legs down
  /// @returns the phrase to say now, if any
  std::optional<std::string_view> observe(const engine::FrameState& frame_state, bool at_rest);
  /// What was to be said last was not said.
  void unsaid();
  /// Frames were missed, as during a pause.
  void restart() { other_since_.reset(); }

  /// The person lies as the level asks for, or stayed as they were in spite of all reminders.
  [[nodiscard]] bool accepts() const { return as_asked_ || given_up_; }

 private:
  [[nodiscard]] base::Seconds due() const;

  exercise::Level level_;
  exercise::CameraRules camera_;
  exercise::PlacementRules placement_;
  base::Seconds hold_;
  std::optional<base::Seconds> asked_at_;  ///< or reminded
  std::optional<base::Seconds> as_asked_since_;
  std::optional<base::Seconds> other_since_;  ///< not as the level asks for
  int reminders_ = 0;
  bool as_asked_ = false;      ///< now
  bool was_as_asked_ = false;  ///< for some time: later changes are PostureMonitor's
  bool given_up_ = false;
};

}  // namespace matside::coaching
