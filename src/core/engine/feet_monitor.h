// Watches whether the feet are in the picture.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/base/quantity.h"
#include "core/exercise/observation_rules.h"
#include "core/exercise/repetition.h"
#include "core/kinematics/body_frame.h"
#include "core/pose/pose_frame.h"

namespace matside::engine {

/// Follows both ankles. A pose network guesses where an ankle outside the picture is: beyond
/// the edge, or anywhere with a low score.
class FeetMonitor {
 public:
  /// The rules must outlive it.
  explicit FeetMonitor(const exercise::CameraRules& rules) : rules_(rules) {}

  /// Takes each frame of a lying body in turn; `frame` must have a pose, which `body` was
  /// measured in. Times must rise.
  /// @returns whether an ankle has now been outside for CameraRules::feet_cut_min.
  bool observe(const pose::PoseFrame& frame, const kinematics::BodyFrame& body);

  /// Whether an ankle was ever outside for that long.
  [[nodiscard]] bool cut_off() const { return cut_off_; }
  /// Whether an ankle was outside for that long, at some time from `from` to `to`.
  [[nodiscard]] bool cut_off_during(base::Seconds from, base::Seconds to) const;
  /// Whether none of a repetition's kicks was seen, for the same reason.
  [[nodiscard]] bool all_kicks_guessed(const exercise::Repetition& repetition) const;

 private:
  struct Stretch {
    base::Seconds from;
    base::Seconds to;
  };

  [[nodiscard]] bool outside(const pose::PoseFrame& frame, const kinematics::BodyFrame& body,
                             pose::Side side) const;
  [[nodiscard]] bool long_enough(const Stretch& stretch) const;
  [[nodiscard]] bool guessed(pose::Side side, base::Seconds time) const;

  const exercise::CameraRules& rules_;
  std::array<std::vector<Stretch>, 2>
      outside_;  ///< by pose::index(Side); all but the last long
  bool cut_off_ = false;
};

}  // namespace matside::engine
