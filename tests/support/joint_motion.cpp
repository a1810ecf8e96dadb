#include "tests/support/joint_motion.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace matside::support {

void MotionTrack::move(double from_s, double to_s, double value, bool falling) {
  moves_.push_back({from_s, to_s, value, falling});
}

double MotionTrack::at(double time_s) const {
  double value = start_;
  for (const Move& m : moves_) {
    if (time_s < m.from_s) break;
    const double u =
        std::clamp((time_s - m.from_s) / std::max(1e-6, m.to_s - m.from_s), 0.0, 1.0);
    const double share = m.falling ? u * u : u * u * u * (10.0 - 15.0 * u + 6.0 * u * u);
    value += (m.value - value) * share;
  }
  return value;
}

Posture JointMotion::at(double time_s) const {
  constexpr double kBreathsPerSecond = 0.25;
  Posture p;
  p.trunk_incline_deg =
      trunk_deg.at(time_s) +
      breathing_deg * std::sin(2.0 * std::numbers::pi * kBreathsPerSecond * time_s);
  p.neck_deg = neck_deg.at(time_s);
  p.hip_rise_m = hips_m.at(time_s);
  p.elbow_forward_deg = elbow_forward_deg;
  p.shank_out_deg = shank_out_deg;
  for (std::size_t side = 0; side < 2; ++side) {
    p.knee_flexion_deg[side] = knee_deg[side].at(time_s);
    p.thigh_lift_deg[side] = thigh_deg[side].at(time_s);
    p.reach_m[side] = reach_m[side].at(time_s);
  }
  p.pelvis_roll_deg = rocking_deg * (p.knee_flexion_deg[0] - p.knee_flexion_deg[1]) / 100.0 +
                      lift_rocking_deg * (p.thigh_lift_deg[0] - p.thigh_lift_deg[1]) / 15.0;
  p.elbows = elbows;
  return p;
}

}  // namespace matside::support
