// The noise of readings while a person lies still.
#pragma once

#include "core/kinematics/body_frame.h"
#include "core/kinematics/rest_baseline.h"

namespace matside::kinematics {

/// Standard deviations of readings at rest: the errors of the source of poses, including slow
/// drift.
struct RestNoise {
  double hip_thigh_lengths = 0.0;  ///< height of the hip, thigh lengths
  double knee_deg = 0.0;           ///< flexion of a knee, as measure_leg() gives it
  double thigh_deg = 0.0;          ///< lift of a thigh
  double trunk_deg = 0.0;          ///< chest_incline()
  double neck_deg = 0.0;           ///< neck_angle_change()
};

/// Estimates the person's own noise, beginning with the usual one. A running mean of squares;
/// one frame counts at most four deviations.
class RestNoiseEstimator {
 public:
  /// @param usual what is usual, until the person's own is known
  explicit RestNoiseEstimator(const RestNoise& usual);
  /// A frame at rest.
  void add(const BodyFrame& body, const RestPose& rest);
  /// The estimate up to now; never 0.
  [[nodiscard]] RestNoise noise() const;

 private:
  RestNoise squares_;  // means of squared deviations
  double weight_;
};

}  // namespace matside::kinematics
