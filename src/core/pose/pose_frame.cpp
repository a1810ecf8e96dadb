#include "core/pose/pose_frame.h"

#include <algorithm>
#include <cmath>

namespace matside::pose {
namespace {

// Far beyond every camera, clock and joint, and far from where doubles run out.
constexpr double kFarthestPx = 1e6;
constexpr double kMaxTime_s = 1e10;
constexpr double kMaxBentDeg = 360.0;
constexpr double kSurest_deg = 0.01;

double rounded(double value, double steps_in_one) {
  return std::round(value * steps_in_one) / steps_in_one;
}

}  // namespace

bool is_present(const Keypoint& k) {
  return k.score > 0.0 || k.position.x_px != 0.0 || k.position.y_px != 0.0;
}

bool is_valid(base::Seconds time) { return time.value() >= 0.0 && time.value() <= kMaxTime_s; }

bool is_valid(const Keypoint& keypoint) {
  return keypoint.score >= 0.0 && keypoint.score <= 1.0 &&
         std::abs(keypoint.position.x_px) <= kFarthestPx &&
         std::abs(keypoint.position.y_px) <= kFarthestPx;
}

bool is_valid(const KneeEstimate& reading) {
  return std::abs(reading.flexion.value()) <= kMaxBentDeg &&
         reading.deviation.value() >= kSurest_deg && reading.deviation.value() <= kMaxBentDeg;
}

bool is_valid(const LegInSpace& leg) {
  return std::abs(leg.knee_flexion.value()) <= kMaxBentDeg &&
         std::abs(leg.hip_flexion.value()) <= kMaxBentDeg &&
         std::abs(leg.thigh.value()) <= kMaxBentDeg;
}

PoseFrame rounded(PoseFrame frame) {
  frame.time = base::Seconds(rounded(frame.time.value(), 1e6));
  if (!frame.pose) return frame;
  for (Keypoint& k : frame.pose->keypoints) {
    k.position = {rounded(k.position.x_px, 100.0), rounded(k.position.y_px, 100.0)};
    k.score = rounded(k.score, 1e4);
  }
  for (auto& knee : frame.pose->knees) {
    if (!knee) continue;
    // A deviation of 0 would be no deviation at all.
    knee = {base::Degrees(rounded(knee->flexion.value(), 10.0)),
            base::Degrees(std::max(0.1, rounded(knee->deviation.value(), 10.0)))};
  }
  for (auto& leg : frame.pose->legs_in_space) {
    if (!leg) continue;
    for (base::Degrees LegInSpace::*angle :
         {&LegInSpace::knee_flexion, &LegInSpace::hip_flexion, &LegInSpace::thigh}) {
      (*leg).*angle = base::Degrees(rounded(((*leg).*angle).value(), 100.0));
    }
  }
  return frame;
}

}  // namespace matside::pose
