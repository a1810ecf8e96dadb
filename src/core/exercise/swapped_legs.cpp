#include "core/exercise/swapped_legs.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/kinematics/leg_angles.h"

namespace matside::exercise {
namespace {

using kinematics::BodyFrame;
using kinematics::LegFrame;

// Labels are exchanged for a tenth of a second or a few; legs change once a second at most.
constexpr double kSwapWindowS = 0.4;
// The legs are told apart from this difference on.
constexpr double kApartDeg = 20.0;

// Above 0: the left leg is the raised one, as far as this frame tells.
double left_raised_evidence(const BodyFrame& body, const kinematics::RestPose& rest) {
  const auto legs = kinematics::measure_legs(body, rest);
  if (!legs || !legs->other) return 0.0;
  const auto apart = legs->raised.knee_flexion - legs->other->knee_flexion;
  if (apart.value() < kApartDeg) return 0.0;
  return (legs->raised_label == pose::Side::left ? 1.0 : -1.0) * legs->raised.knee_weight;
}

}  // namespace

std::vector<bool> swapped_legs(const std::vector<BodyFrame>& frames,
                                 const kinematics::RestPose& rest) {
  std::vector<double> left;
  left.reserve(frames.size());
  for (const BodyFrame& b : frames) left.push_back(left_raised_evidence(b, rest));
  std::vector<bool> out(frames.size(), false);
  double round = 0.0;
  std::size_t from = 0;
  std::size_t to = 0;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const double now_s = frames[i].time.value();
    while (to < frames.size() && frames[to].time.value() <= now_s + kSwapWindowS)
      round += left[to++];
    while (frames[from].time.value() < now_s - kSwapWindowS) round -= left[from++];
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
