// Whether the person is still where the set is done: propped up, resting with the chest down,
// or sitting up.
#pragma once

#include <optional>

#include "core/base/quantity.h"
#include "core/engine/frame_state.h"

namespace matside::coaching {

class PostureMonitor {
 public:
  /// What the latest frame showed.
  void observe(const engine::FrameState& frame_state);
  /// Some time has passed unseen.
  void restart();
  /// The chest is on the mat and the legs are down, for a moment. Known only of somebody who
  /// had been propped up.
  [[nodiscard]] bool chest_down() const { return chest_down_; }
  /// The body is upright, for a moment, and lay before that: who has yet to lie down sits up
  /// from nothing.
  [[nodiscard]] bool sat_up() const { return sat_up_; }

 private:
  std::optional<double> usual_trunk_deg_;  ///< propped up, as seen
  std::optional<base::Seconds> low_since_;
  std::optional<base::Seconds> high_since_;
  std::optional<base::Seconds> upright_since_;
  bool has_lain_ = false;
  bool chest_down_ = false;
  bool sat_up_ = false;
};

}  // namespace matside::coaching
