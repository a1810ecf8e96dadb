#include "core/exercise/set_faults.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>

#include "core/exercise/level_posture.h"
#include "core/signal/samples.h"

namespace matside::exercise {
namespace {

using Repetitions = std::span<const Repetition>;

bool same_side_again(Repetitions repetitions, const Fault& fault) {
  const auto in_a_row = static_cast<std::size_t>(fault.on.value);
  if (in_a_row == 0 || repetitions.size() < in_a_row) return false;
  const KickingSide side = repetitions.back().side;
  return side != KickingSide::unsure &&
         std::ranges::all_of(repetitions.last(in_a_row),
                             [&](const Repetition& rep) { return rep.side == side; }) &&
         std::ranges::none_of(repetitions.last(in_a_row - 1), &Repetition::after_gap);
}

bool overlaps_last(Repetitions repetitions, double at_least_s) {
  if (repetitions.size() < 2) return false;
  const Repetition& before = repetitions[repetitions.size() - 2];
  return !before.frames_missing &&
         (before.end - repetitions.back().start).value() >= at_least_s;
}

bool lowers_fast(const Repetition& rep, double below_s) {
  const auto& transit = rep.measures.transit_70_20_s;
  return transit && transit->value + transit->deviation() < below_s;
}

std::size_t count_of(const std::optional<Threshold>& threshold) {
  return threshold ? static_cast<std::size_t>(threshold->value) : 0;
}

bool lowers_fast_often(Repetitions repetitions, const Fault& fault) {
  const std::size_t window = count_of(fault.details.of_last);
  const auto last = repetitions.last(std::min(window, repetitions.size()));
  const auto fast = [&](const Repetition& rep) { return lowers_fast(rep, fault.on.value); };
  return static_cast<std::size_t>(std::ranges::count_if(last, fast)) >=
         count_of(fault.details.at_least);
}

std::optional<double> usual_hip_height(Repetitions repetitions, KickingSide side,
                                       std::size_t of_each_side) {
  std::vector<double> heights;
  for (std::size_t i = repetitions.size(); i-- > 0 && heights.size() < of_each_side;) {
    if (repetitions[i].side == side) heights.push_back(repetitions[i].hip_at_top_thigh_lengths);
  }
  if (heights.size() < of_each_side) return std::nullopt;
  return signal::median(heights);
}

// The near hip goes up with one leg and down with the other.
bool is_rocking(Repetitions repetitions, const Fault& fault) {
  const std::size_t of_each_side = count_of(fault.details.of_each_side);
  const auto left = usual_hip_height(repetitions, KickingSide::left, of_each_side);
  const auto right = usual_hip_height(repetitions, KickingSide::right, of_each_side);
  return left && right && *left * *right < 0.0 &&
         std::abs(*left - *right) / 2.0 >= fault.on.value;
}

bool elbows_out(Repetitions repetitions, const Level& level, const Fault& fault) {
  if (repetitions.empty() || !repetitions.back().elbow_forward) return false;
  const double forward = *repetitions.back().elbow_forward;
  const double beyond = fault.on.value;
  const double off = fault.details.uncertainty ? fault.details.uncertainty->value : 0.0;
  return forward > level.elbow_forward.value + beyond + off ||
         forward < -level.elbow_back.value - beyond - off;
}

bool shows(const Fault& fault, Repetitions repetitions, const Level& level) {
  switch (fault.signal) {
    case Signal::side_order:
      return same_side_again(repetitions, fault);
    case Signal::legs_overlap:
      return overlaps_last(repetitions, fault.on.value);
    case Signal::transit_70_20:
      return lowers_fast_often(repetitions, fault);
    case Signal::hip_sway:
      return is_rocking(repetitions, fault);
    case Signal::elbow_offset:
      return elbows_out(repetitions, level, fault);
    default:
      return false;
  }
}

}  // namespace

std::vector<SetFault> new_set_faults(const std::vector<Repetition>& repetitions,
                                     const Definition& definition, const Level& level) {
  std::vector<SetFault> out;
  if (repetitions.empty() || !repetitions.back().scored) return out;
  const Repetitions all(repetitions);
  const Level judged_by = repetitions.back().flat ? flat_version(definition, level) : level;
  for (const Fault& fault : definition.faults) {
    if (!fault.of_set || !fault.applies_at(judged_by.number) || !shows(fault, all, judged_by))
      continue;
    const bool each_time =
        fault.signal == Signal::side_order || fault.signal == Signal::legs_overlap;
    if (!each_time && shows(fault, all.first(all.size() - 1), judged_by)) continue;
    out.push_back({fault.id, repetitions.back().start});
  }
  return out;
}

}  // namespace matside::exercise
