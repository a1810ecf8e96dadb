// The signals of a repetition drawn by hand: a knee that kicks twice and sinks, and whose it
// is.
#pragma once

#include <algorithm>
#include <cmath>

#include "core/exercise/repetition.h"
#include "core/exercise/segment_signals.h"

namespace matside::support {

inline constexpr double kDrawnFps = 30.0;
inline constexpr double kFirstKickS = 1.0;
inline constexpr double kSecondKickS = 1.7;
inline constexpr double kLoweringEndS = 4.0;
inline constexpr double kDrawnEndS = 4.5;
inline constexpr double kDrawnBendDeg = 110.0;

/// Way of a movement of least jerk at this share of its time.
inline double least_jerk(double share) {
  const double x = std::clamp(share, 0.0, 1.0);
  return x * x * x * (10.0 + x * (6.0 * x - 15.0));
}

/// The knee's flexion above rest: up within a second, back by 30 degrees, up again, and down.
inline double drawn_knee_deg(double time_s) {
  if (time_s <= kFirstKickS) return kDrawnBendDeg * least_jerk(time_s / kFirstKickS);
  if (time_s >= kSecondKickS) {
    const double share = (time_s - kSecondKickS) / (kLoweringEndS - kSecondKickS);
    return kDrawnBendDeg * (1.0 - least_jerk(share));
  }
  const double beat = (time_s - kFirstKickS) / (kSecondKickS - kFirstKickS);
  return kDrawnBendDeg - 30.0 * least_jerk(1.0 - std::abs(2.0 * beat - 1.0));
}

/// All of it seen clearly, by the leg of that label; nothing else of the body moves.
inline exercise::SegmentSignals drawn_kicks(pose::Side label = pose::Side::left) {
  exercise::SegmentSignals out;
  for (double t = 0.0; t <= kDrawnEndS; t += 1.0 / kDrawnFps) {
    const base::Seconds time(t);
    const double knee_deg = drawn_knee_deg(t);
    out.knee.push_back({time, knee_deg});
    out.knee_deviation.push_back(1.0);
    out.knee_raw.push_back({time, knee_deg, 1.0});
    out.other.push_back({time, 0.0, 1.0});
    for (auto* still : {&out.other_smooth, &out.thigh, &out.thigh_from_ankle, &out.hip_rise,
                        &out.chest, &out.neck}) {
      still->push_back({time, 0.0});
    }
    out.knee_from_joints.push_back({time, knee_deg});
    out.legs.push_back(
        {time, label, std::clamp(knee_deg / 30.0, 0.0, 1.0), 1.0, knee_deg, {1.0, 1.0}});
  }
  out.knee_noise_deg = 1.0;
  out.rest_noise = {0.0, 1.0, 1.0, 0.5, 1.0};
  return out;
}

/// What is to be found in them.
inline exercise::Repetition drawn_repetition() {
  exercise::Repetition out;
  out.side = exercise::KickingSide::left;
  out.start = base::Seconds(0.0);
  out.end = base::Seconds(kLoweringEndS);
  out.lowering_start = base::Seconds(kSecondKickS);
  out.kicks = {{base::Seconds(kFirstKickS), base::Degrees(kDrawnBendDeg)},
               {base::Seconds(kSecondKickS), base::Degrees(kDrawnBendDeg)}};
  out.greatest_bend = base::Degrees(kDrawnBendDeg);
  out.transit_70_20 = base::Seconds(1.2);
  out.hip_rise_thigh_lengths = 0.0;
  return out;
}

}  // namespace matside::support
