#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>

#include "core/exercise/repetition_finder.h"

namespace matside::exercise {
namespace {

using base::Seconds;
using signal::Sample;

// The greatest value of a stretch in which the signal stayed at or above `on` (left again below
// `off`) for at least `min_duration_s`, or nothing.
std::optional<double> sustained_peak(const std::vector<Sample>& samples, const Repetition& rep,
                                double on, double off, double min_duration_s) {
  std::optional<Seconds> since;
  double most = 0.0;
  std::optional<double> found;
  for (const Sample& s : samples) {
    if (s.time < rep.start || s.time > rep.end) continue;
    if (!since && s.value >= on) {
      since = s.time;
      most = s.value;
    } else if (since && s.value < off) {
      since.reset();
    }
    if (!since) continue;
    most = std::max(most, s.value);
    if (s.time - *since >= Seconds(min_duration_s)) found = std::max(found.value_or(0.0), most);
  }
  return found;
}

std::vector<Sample> negated(std::vector<Sample> samples) {
  for (Sample& s : samples) s.value = -s.value;
  return samples;
}

double greatest_knee(const SegmentSignals& signals, const Repetition& rep) {
  double peak = 0.0;
  for (const Sample& s : samples_between(signals.knee, rep.start, rep.end))
    peak = std::max(peak, s.value);
  return peak;
}

// No form cue where the knee is known less well than this (movement.md 6.3).
constexpr double kMaxKneeDeviationDeg = 4.0;
constexpr double kTopShare = 0.6;
// The greatest of the two or three values that wandering noise takes over a repetition stands
// so many deviations out.
constexpr double kNoisePeakDeviations = 0.7;
constexpr double kHipsLiftedThighLengths = 0.04;  // thigh lengths; movement.md 6.3, F2 off
// Speeds are taken over twice this long.
constexpr Seconds kSpeedWindow(0.05);

bool top_well_seen(const SegmentSignals& signals, const Repetition& rep) {
  const double top = kTopShare * greatest_knee(signals, rep);
  for (std::size_t i = 0; i < signals.knee.size(); ++i) {
    const Sample& s = signals.knee[i];
    if (s.time < rep.start || s.time > rep.end || s.value < top) continue;
    if (signals.knee_deviation[i] > kMaxKneeDeviationDeg) return false;
  }
  return true;
}

// Speed at each sample, degrees a second, by the line through its neighbourhood.
std::vector<Sample> speeds(const std::vector<Sample>& samples) {
  std::vector<Sample> out;
  std::size_t from = 0;
  std::size_t to = 0;
  for (const Sample& s : samples) {
    while (samples[from].time < s.time - kSpeedWindow) ++from;
    while (to < samples.size() && samples[to].time <= s.time + kSpeedWindow) ++to;
    out.push_back({s.time, signal::slope(std::span(samples).subspan(from, to - from))});
  }
  return out;
}

double fastest_bend(const SegmentSignals& signals, const Repetition& rep) {
  double most = 0.0;
  for (const Sample& s : speeds(signals.knee)) {
    if (s.time >= rep.start && s.time <= rep.lowering_start) most = std::max(most, s.value);
  }
  return most;
}

std::optional<double> below(std::optional<double> value, double threshold) {
  return value && *value < threshold ? value : std::nullopt;
}

// How far a lift must stand out of what is usual, in its deviations, to tell by that.
constexpr double kLiftSignificance = 1.5;

// Told where the lift is beyond the border by more than it strays, or beyond the border and
// beyond what this leg usually does.
std::optional<double> lifted_too_far(const Repetition& rep, double on) {
  if (!rep.thigh_lift || rep.thigh_lift->lift.value() < on) return std::nullopt;
  const auto& [lift, deviation, beyond] = *rep.thigh_lift;
  const bool stands_out = beyond && *beyond > deviation * kLiftSignificance;
  return (lift - deviation).value() >= on || stands_out ? std::optional(lift.value())
                                                        : std::nullopt;
}

std::optional<double> lifted_too_little(const Repetition& rep, double on) {
  if (!rep.thigh_lift || rep.thigh_lift->lift.value() >= on) return std::nullopt;
  const auto& [lift, deviation, beyond] = *rep.thigh_lift;
  const bool stands_out = beyond && *beyond < deviation * -kLiftSignificance;
  return (lift + deviation).value() < on || stands_out ? std::optional(lift.value())
                                                       : std::nullopt;
}

// What was measured, when it is a fault.
std::optional<double> fault_value(const Fault& fault, const SegmentSignals& signals,
                                  const Repetition& rep, IncompleteLowering stop_angle_deg,
                                  const Level& level) {
  const double on = fault.on.value;
  const double off = fault.off ? fault.off->value : on;
  const double hold_s = fault.min_duration ? fault.min_duration->value : 0.0;
  const kinematics::RestNoise& noise = signals.rest_noise;
  switch (fault.signal) {
    case Signal::hip_rise:
      return sustained_peak(signals.hip_rise, rep, on + kNoisePeakDeviations * noise.hip_thigh_lengths,
                       off + kNoisePeakDeviations * noise.hip_thigh_lengths, hold_s);
    case Signal::thigh_lift:
      return lifted_too_far(rep, on);
    case Signal::transit_70_20:
      return below(rep.transit_70_20 ? std::optional(rep.transit_70_20->value()) : std::nullopt,
                   on);
    case Signal::kick_count:
      // A kick that could not be seen is not a missing one.
      if (!top_well_seen(signals, rep)) return std::nullopt;
      return below(static_cast<double>(rep.kicks.size()), on);
    case Signal::peak_knee: {
      const double missing = level.knee_min.value - rep.greatest_bend.value();
      return missing > on ? std::optional(missing) : std::nullopt;
    }
    case Signal::trunk_incline: {
      const auto sunk = sustained_peak(negated(signals.chest), rep, -on, -off, hold_s);
      return sunk ? std::optional(-*sunk) : std::nullopt;
    }
    case Signal::neck_angle:
      return sustained_peak(negated(signals.neck), rep, on, off, hold_s);
    case Signal::lowering_stop:
      return stop_angle_deg && *stop_angle_deg >= on ? stop_angle_deg : std::nullopt;
    case Signal::kicks_beyond: {
      const auto beyond = static_cast<double>(rep.kicks.size()) - level.kicks;
      return beyond >= on && top_well_seen(signals, rep) ? std::optional(beyond) : std::nullopt;
    }
    case Signal::neck_raise:
      return sustained_peak(signals.neck, rep, on, off, hold_s);
    case Signal::bend_speed: {
      const double most = fastest_bend(signals, rep);
      return most > on && top_well_seen(signals, rep) ? std::optional(most) : std::nullopt;
    }
    case Signal::thigh_lift_lack:
      // Where the hips are up, the thigh's slope does not tell how high the knee is.
      if (rep.hip_rise_thigh_lengths.value_or(0.0) >= kHipsLiftedThighLengths) return std::nullopt;
      return lifted_too_little(rep, on);
    case Signal::side_order:
    case Signal::legs_overlap:
    case Signal::hip_sway:
    case Signal::elbow_offset:
      return std::nullopt;  // of the set
  }
  return std::nullopt;
}

}  // namespace

std::vector<DetectedFault> find_faults(const SegmentSignals& signals, const Repetition& repetition,
                                      IncompleteLowering stop_angle_deg, const Definition& definition,
                                      const Level& level) {
  std::vector<const Fault*> order;
  for (const Fault& f : definition.faults) {
    if (f.applies_at(level.number) && !f.of_set) order.push_back(&f);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const Fault* a, const Fault* b) { return a->priority < b->priority; });
  std::vector<DetectedFault> out;
  for (const Fault* f : order) {
    const auto value = fault_value(*f, signals, repetition, stop_angle_deg, level);
    if (!value) continue;
    const Words* words = definition.words_for(f->id);
    out.push_back({f->id, *value, f->on.value, f->on.unit, words != nullptr ? words->cue : ""});
  }
  return out;
}

}  // namespace matside::exercise
