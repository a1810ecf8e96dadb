#include "core/exercise/swapped_legs.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace matside::exercise {
namespace {

using kinematics::BodyFrame;
using kinematics::LegFrame;

// Positive where the left label is on the raised leg, negative for the right; 0 if unclear.
double left_raised_evidence(const std::optional<kinematics::LegPair>& legs, double apart_deg) {
  if (!legs || !legs->other) return 0.0;
  const auto apart = legs->raised.knee_flexion - legs->other->knee_flexion;
  if (apart.value() < apart_deg) return 0.0;
  return (legs->raised_label == pose::Side::left ? 1.0 : -1.0) * legs->raised.knee_weight;
}

}  // namespace

std::vector<bool> swapped_legs(const std::vector<BodyFrame>& frames,
                               const std::vector<std::optional<kinematics::LegPair>>& legs,
                               const SideRules& rules) {
  std::vector<double> left;
  left.reserve(frames.size());
  for (const auto& pair : legs) {
    left.push_back(left_raised_evidence(pair, rules.swap_difference.value));
  }
  std::vector<bool> out(frames.size(), false);
  // Labels are swapped for some tenths of a second; legs change once a second at most.
  const double window_s = rules.swap_window.value;
  double round = 0.0;
  std::size_t from = 0;
  std::size_t to = 0;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const double now_s = frames[i].time.value();
    while (to < frames.size() && frames[to].time.value() <= now_s + window_s)
      round += left[to++];
    while (frames[from].time.value() < now_s - window_s) round -= left[from++];
    out[i] = left[i] * round < 0.0;
  }
  return out;
}

BodyFrame with_legs_swapped(BodyFrame body) {
  std::swap(body.legs[0], body.legs[1]);
  if (body.legs[0] && body.legs[1]) std::swap(body.legs[0]->hip, body.legs[1]->hip);
  for (auto& leg : body.legs) {
    if (leg) kinematics::measure_angles(*leg, body.head_direction);
  }
  return body;
}

}  // namespace matside::exercise
