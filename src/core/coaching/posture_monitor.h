// Whether the person is still in position, rests with the chest down, or has sat up.
#pragma once

#include <optional>

#include "core/base/quantity.h"
#include "core/engine/frame_state.h"
#include "core/exercise/coaching_rules.h"

namespace matside::coaching {

/// Times are the frames'.
class PostureMonitor {
 public:
  /// The rules must outlive it.
  explicit PostureMonitor(const exercise::PostureRules& rules) : rules_(rules) {}

  /// The state after a frame.
  void observe(const engine::FrameState& frame_state);
  /// Frames were missed, as during a pause.
  void restart();
  /// The chest has been on the mat, with the legs down, for PostureRules::hold. Only of
  /// somebody who was propped up before.
  [[nodiscard]] bool chest_down() const { return chest_down_; }
  /// The body has been upright for PostureRules::hold, and lay before.
  [[nodiscard]] bool sat_up() const { return sat_up_; }

 private:
  const exercise::PostureRules& rules_;
  std::optional<double> usual_trunk_deg_;  ///< propped up, in the picture
  std::optional<base::Seconds> low_since_;
  std::optional<base::Seconds> high_since_;
  std::optional<base::Seconds> upright_since_;
  bool has_lain_ = false;
  bool chest_down_ = false;
  bool sat_up_ = false;
};

}  // namespace matside::coaching
