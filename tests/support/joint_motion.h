// How a body moves through a practice: each joint's angle as a function of time.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "tests/support/body_model.h"

namespace matside::support {

/// A channel of movement: minimum-jerk moves between values that hold until the next move.
class MotionTrack {
 public:
  explicit MotionTrack(double start = 0.0) : start_(start) {}

  /// Moves must be added in the order in which they begin. `falling`: speeds up to the end, as
  /// what falls does.
  void move(double from_s, double to_s, double value, bool falling = false);
  [[nodiscard]] double at(double time_s) const;

 private:
  struct Move {
    double from_s;
    double to_s;
    double value;
    bool falling;
  };
  double start_;
  std::vector<Move> moves_;
};

/// The channels of a whole practice, as in Posture.
struct JointMotion {
  std::array<MotionTrack, 2> knee_deg;
  std::array<MotionTrack, 2> thigh_deg;
  std::array<MotionTrack, 2> reach_m;
  MotionTrack trunk_deg;
  MotionTrack neck_deg;
  MotionTrack hips_m;
  double elbow_forward_deg = 0.0;
  double rocking_deg = 0.0;  ///< the kicking side's hip lifts this much at 100 degrees of bend
  double lift_rocking_deg = 0.0;  ///< the hip lifts this much with a thigh lifted 15 degrees
  double breathing_deg = 0.0;     ///< the trunk's sway, 15 breaths a minute
  std::array<double, 2> shank_out_deg{};
  std::optional<base::WorldPoint> elbows;  ///< as in Posture
  double length_s = 0.0;

  [[nodiscard]] Posture at(double time_s) const;
};

}  // namespace matside::support
