#include "core/exercise/set_faults.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>

#include "core/signal/samples.h"

namespace matside::exercise {
namespace {

using Repetitions = std::span<const Repetition>;

// Fast lowering is a habit when two of three show it; rocking shows in three of each side
// (movement.md 6.3, F6w and F4).
constexpr std::size_t kFastLoweringWindow = 3;
constexpr int kFastLoweringsForFault = 2;
constexpr std::size_t kOfEachSide = 3;
// Simulated, the elbow's place is misread by so many upper-arm lengths, the same all the set.
constexpr double kElbowUncertainty = 0.1;

bool same_side_again(Repetitions repetitions) {
  if (repetitions.size() < 2) return false;
  const KickingSide side = repetitions.back().side;
  return side != KickingSide::unsure && repetitions[repetitions.size() - 2].side == side;
}

bool overlaps_last(Repetitions repetitions, double at_least_s) {
  if (repetitions.size() < 2) return false;
  const Repetition& before = repetitions[repetitions.size() - 2];
  return (before.end - repetitions.back().start).value() >= at_least_s;
}

bool lowers_fast(const Repetition& rep, double below_s) {
  return rep.transit_70_20 && rep.transit_70_20->value() < below_s;
}

bool lowers_fast_often(Repetitions repetitions, double below_s) {
  const auto last = repetitions.last(std::min(kFastLoweringWindow, repetitions.size()));
  return std::ranges::count_if(
             last, [&](const Repetition& rep) { return lowers_fast(rep, below_s); }) >= kFastLoweringsForFault;
}

std::optional<double> usual_hip_height(Repetitions repetitions, KickingSide side) {
  std::vector<double> heights;
  for (std::size_t i = repetitions.size(); i-- > 0 && heights.size() < kOfEachSide;) {
    if (repetitions[i].side == side) heights.push_back(repetitions[i].hip_at_top_thigh_lengths);
  }
  if (heights.size() < kOfEachSide) return std::nullopt;
  return signal::median(heights);
}

// The near hip goes up with one leg and down with the other.
bool is_rocking(Repetitions repetitions, double on) {
  const auto left = usual_hip_height(repetitions, KickingSide::left);
  const auto right = usual_hip_height(repetitions, KickingSide::right);
  return left && right && *left * *right < 0.0 && std::abs(*left - *right) / 2.0 >= on;
}

bool elbows_out(Repetitions repetitions, const Level& level, double beyond) {
  if (repetitions.empty() || !repetitions.back().elbow_forward) return false;
  const double forward = *repetitions.back().elbow_forward;
  return forward > level.elbow_forward.value + beyond + kElbowUncertainty ||
         forward < -level.elbow_back.value - beyond - kElbowUncertainty;
}

bool shows(const Fault& fault, Repetitions repetitions, const Level& level) {
  switch (fault.signal) {
    case Signal::side_order:
      return same_side_again(repetitions);
    case Signal::legs_overlap:
      return overlaps_last(repetitions, fault.on.value);
    case Signal::transit_70_20:
      return lowers_fast_often(repetitions, fault.on.value);
    case Signal::hip_sway:
      return is_rocking(repetitions, fault.on.value);
    case Signal::elbow_offset:
      return elbows_out(repetitions, level, fault.on.value);
    default:
      return false;
  }
}

}  // namespace

std::vector<SetFault> new_set_faults(const std::vector<Repetition>& repetitions,
                                               const Definition& definition,
                                               const Level& level) {
  std::vector<SetFault> out;
  if (repetitions.empty() || !repetitions.back().judged) return out;
  const Repetitions all(repetitions);
  for (const Fault& fault : definition.faults) {
    if (!fault.of_set || !fault.applies_at(level.number) || !shows(fault, all, level)) continue;
    const bool each_time =
        fault.signal == Signal::side_order || fault.signal == Signal::legs_overlap;
    if (!each_time && shows(fault, all.first(all.size() - 1), level)) continue;
    out.push_back({fault.id, repetitions.back().start});
  }
  return out;
}

}  // namespace matside::exercise
