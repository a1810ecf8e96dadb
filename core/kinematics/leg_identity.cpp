#include "core/kinematics/leg_identity.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace matside::kinematics {
namespace {

// Both legs nearer to rest than this: the labels are believed again.
constexpr double kBothAtRestDeg = 15.0;
// Labels count as exchanged when that explains the frame this much better.
constexpr double kBetterByDeg = 15.0;
// The fastest knee of this exercise (movement.md 2.4: free fall reaches 410) with room to
// spare.
constexpr double kFastestDegPerS = 600.0;
// A single frame's jump says no more than this.
constexpr double kLongestJumpDeg = 90.0;

}  // namespace

std::array<std::optional<LegReading>, 2> LegIdentity::follow(
    base::Seconds time, const std::array<std::optional<LegReading>, 2>& labelled) {
  const auto cost = [&](bool exchanged) {
    double total = 0.0;
    for (std::size_t i = 0; i < 2; ++i) {
      if (!labelled[i]) continue;
      const double jump =
          std::abs(labelled[i]->knee_flexion.value() - flexion_deg_[exchanged ? 1 - i : i]);
      total += labelled[i]->knee_weight * std::min(jump, kLongestJumpDeg);
    }
    return total;
  };
  double weight = 0.0;
  bool both_at_rest = true;
  for (const auto& leg : labelled) {
    if (!leg) continue;
    weight += leg->knee_weight;
    both_at_rest = both_at_rest && leg->knee_flexion.value() < kBothAtRestDeg;
  }
  if (both_at_rest || !begun_) {
    exchanged_ = false;
  } else if (cost(!exchanged_) + 0.5 * weight * kBetterByDeg < cost(exchanged_)) {
    exchanged_ = !exchanged_;
  }
  auto own = labelled;
  if (exchanged_) std::swap(own[0], own[1]);
  const double step_s = begun_ ? (time - last_time_).value() : 0.0;
  const double reach_deg = kFastestDegPerS * step_s;
  for (std::size_t i = 0; i < 2; ++i) {
    if (!own[i]) continue;
    const double move = own[i]->knee_weight * (own[i]->knee_flexion.value() - flexion_deg_[i]);
    flexion_deg_[i] += std::clamp(move, -reach_deg, reach_deg);
  }
  last_time_ = time;
  begun_ = true;
  return own;
}

}  // namespace matside::kinematics
