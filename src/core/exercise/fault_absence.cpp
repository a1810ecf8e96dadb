#include "core/exercise/fault_absence.h"

#include <algorithm>
#include <cstddef>

namespace matside::exercise {
namespace {

enum class JudgedPart {
  hips,
  thigh,
  lowering,
  kicks,
  bend,
  speed,
  chest,
  head,
  elbows,
  order,
  channel
};

JudgedPart judged_part(Signal signal) {
  switch (signal) {
    case Signal::hip_rise:
    case Signal::hip_sway:
      return JudgedPart::hips;
    case Signal::thigh_lift:
    case Signal::thigh_lift_lack:
      return JudgedPart::thigh;
    case Signal::transit_70_20:
    case Signal::lowering_stop:
      return JudgedPart::lowering;
    case Signal::kick_count:
    case Signal::kicks_beyond:
      return JudgedPart::kicks;
    case Signal::peak_knee:
      return JudgedPart::bend;
    case Signal::bend_speed:
      return JudgedPart::speed;
    case Signal::trunk_incline:
      return JudgedPart::chest;
    case Signal::neck_angle:
    case Signal::neck_raise:
      return JudgedPart::head;
    case Signal::elbow_offset:
      return JudgedPart::elbows;
    case Signal::channel:
      return JudgedPart::channel;
    case Signal::side_order:
    case Signal::legs_overlap:
      break;
  }
  return JudgedPart::order;
}

bool rests_on_the_mat(const Repetition& rep, double below_deg) {
  return rep.thigh_lift &&
         (rep.thigh_lift->lift + rep.thigh_lift->deviation).value() < below_deg;
}

// With raised hips the thigh's slope does not show how high the knee is.
bool is_lifted(const Repetition& rep, double from_deg, const Definition& definition) {
  const Fault* hips = definition.fault_of(Signal::hip_rise);
  const bool hips_down =
      hips != nullptr && hips->off &&
      rep.hip_rise_thigh_lengths.value_or(hips->off->value) < hips->off->value;
  return hips_down && rep.thigh_lift &&
         (rep.thigh_lift->lift - rep.thigh_lift->deviation).value() >= from_deg;
}

bool is_lowered_slowly(const Repetition& rep, double from_s) {
  const auto& transit = rep.measures.transit_70_20_s;
  return transit && transit->value - transit->deviation() >= from_s;
}

// Compared with the repetition before, if there is one.
bool changes_sides(const Repetition* before, const Repetition& rep) {
  if (rep.side == KickingSide::unsure) return false;
  return before == nullptr || (before->side != rep.side && !rep.after_gap);
}

bool waits_for_the_other_leg(const Repetition* before, const Repetition& rep) {
  return before == nullptr ||
         (before->end <= rep.start && !before->frames_missing && !rep.after_gap);
}

}  // namespace

bool judge_the_same(Signal a, Signal b) { return judged_part(a) == judged_part(b); }

bool is_done_well(const Fault& fault, const Repetition* before, const Repetition& rep,
                  const Definition& definition) {
  if (!rep.scored) return false;
  const double on = fault.on.value;
  switch (fault.signal) {
    case Signal::hip_rise:
      return rep.hip_rise_thigh_lengths && *rep.hip_rise_thigh_lengths < on;
    case Signal::thigh_lift:
      return rests_on_the_mat(rep, on);
    case Signal::thigh_lift_lack:
      return is_lifted(rep, on, definition);
    case Signal::transit_70_20:
      return is_lowered_slowly(rep, on);
    case Signal::kick_count:
      return rep.kicks_well_seen && static_cast<double>(rep.kicks.size()) >= on;
    case Signal::kicks_beyond:
    case Signal::bend_speed:
      return rep.kicks_well_seen;
    case Signal::peak_knee:
      return rep.measures.greatest_bend_deg.has_value();
    case Signal::lowering_stop:
      return rep.measures.lowering_s.has_value();
    case Signal::channel:
      return std::ranges::count(rep.unread, fault.id) == 0;
    case Signal::side_order:
      return changes_sides(before, rep);
    case Signal::legs_overlap:
      return waits_for_the_other_leg(before, rep);
    case Signal::hip_sway:
    case Signal::elbow_offset:
    case Signal::trunk_incline:
    case Signal::neck_angle:
    case Signal::neck_raise:
      break;
  }
  return false;
}

bool is_clearly_absent(const Fault& fault, std::span<const Repetition> repetitions,
                       const Definition& definition) {
  for (std::size_t i = 0; i < repetitions.size(); ++i) {
    const Repetition* before = i == 0 ? nullptr : &repetitions[i - 1];
    const Repetition& rep = repetitions[i];
    const auto found = std::ranges::count(rep.faults, fault.id, &DetectedFault::id);
    if (found > 0 || !is_done_well(fault, before, rep, definition)) return false;
  }
  return !repetitions.empty();
}

}  // namespace matside::exercise
