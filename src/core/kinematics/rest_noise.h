// How far readings stray while a person lies still.
#pragma once

#include "core/kinematics/rest_baseline.h"
#include "core/kinematics/body_frame.h"

namespace matside::kinematics {

/// Standard deviations of readings at rest: what the source of poses adds by itself, slow
/// wandering included.
struct RestNoise {
  double hip_thigh_lengths = 0.0;  ///< height of the hip, thigh lengths
  double knee_deg = 0.0;    ///< flexion of a knee as `measure_leg` tells it
  double thigh_deg = 0.0;   ///< incline of a thigh
  double trunk_deg = 0.0;
  double neck_deg = 0.0;
};

/// Learns the person's own from what is usual.
class RestNoiseEstimator {
 public:
  RestNoiseEstimator();
  /// A frame at rest.
  void add(const BodyFrame& body, const RestPose& rest);
  [[nodiscard]] RestNoise noise() const;

 private:
  RestNoise squares_;  // means of squared deviations
  double weight_;
};

}  // namespace matside::kinematics
