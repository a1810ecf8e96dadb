// Keeps each leg the same leg when the network exchanges its left and right labels.
#pragma once

#include <array>
#include <optional>

#include "core/base/quantity.h"
#include "core/kinematics/leg_reading.h"

namespace matside::kinematics {

/// Follows two legs through a movement. At rest a leg is what its label says; from there on it
/// is the one that moves on from where it was, for a leg cannot jump.
class LegIdentity {
 public:
  /// The frame's readings put in the legs' own order, by pose::index(Side) of the label each
  /// had at rest. Times must rise.
  std::array<std::optional<LegReading>, 2> follow(
      base::Seconds time, const std::array<std::optional<LegReading>, 2>& labelled);
  /// Whether the last frame's labels were taken as exchanged.
  [[nodiscard]] bool exchanged() const { return exchanged_; }

 private:
  std::array<double, 2> flexion_deg_{};
  base::Seconds last_time_;
  bool exchanged_ = false;
  bool begun_ = false;
};

}  // namespace matside::kinematics
