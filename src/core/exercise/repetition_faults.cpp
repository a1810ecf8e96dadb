#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <optional>
#include <span>

#include "core/base/math.h"
#include "core/exercise/repetition_faults.h"

namespace matside::exercise {
namespace {

using base::Seconds;
using signal::Sample;

// The greatest value of a stretch that begins at `on`, ends below `off` and lasts at least
// `min_duration_s`; nothing without one.
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

// Speed at each sample, degrees a second: the slope of the line through its neighbours.
std::vector<Sample> speeds(const std::vector<Sample>& samples, Seconds window) {
  std::vector<Sample> out;
  std::size_t from = 0;
  std::size_t to = 0;
  for (const Sample& s : samples) {
    while (samples[from].time < s.time - window) ++from;
    while (to < samples.size() && samples[to].time <= s.time + window) ++to;
    out.push_back({s.time, signal::slope(std::span(samples).subspan(from, to - from))});
  }
  return out;
}

// Of one speed of the knee, degrees a second: from the readings' noise, the uncertainty of the
// frames' times, and the error that one leg's angles share.
double speed_deviation(const SegmentSignals& signals, std::size_t sample, double speed,
                       const MeasurementRules& rules) {
  // Of noise that the smoother passes, the slope's deviation is half the cut-off's angular
  // frequency times the curve's (the gain of smoother.h).
  constexpr double kSlopePerDeviation = std::numbers::pi * kMovementCutoffHz;
  const double mistimed_deg = speed * signals.time_noise.value();
  const double noisier =
      base::hypot(1.0, mistimed_deg / std::max(kMinNoiseDeg, signals.knee_noise_deg));
  const double image_deg = signals.in_space ? 0.0 : rules.image_angle_deviation.value;
  return base::hypot(kSlopePerDeviation * signals.knee_deviation[sample] * noisier,
                     speed * image_deg / rules.image_angle_full.value);
}

// The fastest of the bend's speeds that pass `border` by more than their deviation.
std::optional<double> bends_faster(double border, Seconds window, const SegmentSignals& signals,
                                   const Repetition& rep, const MeasurementRules& rules) {
  std::optional<double> found;
  const std::vector<Sample> all = speeds(signals.knee, window);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Sample& s = all[i];
    if (s.time < rep.start || s.time > rep.lowering_start || s.value <= border) continue;
    if (s.value - speed_deviation(signals, i, s.value, rules) > border)
      found = std::max(found.value_or(0.0), s.value);
  }
  return found;
}

// A lowering is faster than `border_s` where its time is shorter by more than its deviation.
std::optional<double> lowers_within(const Repetition& rep, double border_s) {
  const auto& transit = rep.measures.transit_70_20_s;
  if (!transit || transit->value + transit->deviation() >= border_s) return std::nullopt;
  return transit->value;
}

std::optional<double> below(std::optional<double> value, double threshold) {
  return value && *value < threshold ? value : std::nullopt;
}

// A lift counts where it passes the threshold by more than its deviation, or passes the
// threshold and clearly exceeds this leg's usual lift.
std::optional<double> lifted_too_far(const Repetition& rep, double on, double significance) {
  if (!rep.thigh_lift || rep.thigh_lift->lift.value() < on) return std::nullopt;
  const auto& [lift, deviation, beyond, beyond_deviation] = *rep.thigh_lift;
  const bool stands_out = beyond && *beyond > beyond_deviation * significance;
  return (lift - deviation).value() >= on || stands_out ? std::optional(lift.value())
                                                        : std::nullopt;
}

std::optional<double> lifted_too_little(const Repetition& rep, double on, double significance) {
  if (!rep.thigh_lift || rep.thigh_lift->lift.value() >= on) return std::nullopt;
  const auto& [lift, deviation, beyond, beyond_deviation] = *rep.thigh_lift;
  const bool stands_out = beyond && *beyond < beyond_deviation * -significance;
  return (lift + deviation).value() < on || stands_out ? std::optional(lift.value())
                                                       : std::nullopt;
}

// Of the deepest kick, degrees; a kick is small only if it is so by more than that.
double bend_deviation(const Repetition& rep) {
  return rep.measures.greatest_bend_deg ? rep.measures.greatest_bend_deg->deviation() : 0.0;
}

double value_of(const std::optional<Threshold>& threshold) {
  return threshold ? threshold->value : 0.0;
}

// At least as high as where the fault of the hips ends.
bool hips_are_up(const Repetition& rep, const Definition& definition) {
  const Fault* hips = definition.fault_of(Signal::hip_rise);
  return hips != nullptr && hips->off &&
         rep.hip_rise_thigh_lengths.value_or(0.0) >= hips->off->value;
}

// The value measured, if it is a fault.
std::optional<double> fault_value(const Fault& fault, const SegmentSignals& signals,
                                  const Repetition& rep, IncompleteLowering stop_angle_deg,
                                  const Definition& definition, const Level& level) {
  const double on = fault.on.value;
  const double off = fault.off ? fault.off->value : on;
  const double hold_s = fault.min_duration ? fault.min_duration->value : 0.0;
  const FaultDetails& details = fault.details;
  switch (fault.signal) {
    case Signal::hip_rise: {
      const double noise =
          value_of(details.noise_deviations) * signals.rest_noise.hip_thigh_lengths;
      return sustained_peak(signals.hip_rise, rep, on + noise, off + noise, hold_s);
    }
    case Signal::thigh_lift:
      return lifted_too_far(rep, on, value_of(details.significance));
    case Signal::transit_70_20:
      return lowers_within(rep, on);
    case Signal::kick_count:
      // A kick that could not be seen is not a missing one.
      if (!rep.kicks_well_seen) return std::nullopt;
      return below(static_cast<double>(rep.kicks.size()), on);
    case Signal::peak_knee: {
      const double missing = level.knee_min.value - rep.greatest_bend.value();
      return missing - bend_deviation(rep) > on ? std::optional(missing) : std::nullopt;
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
      return beyond >= on && rep.kicks_well_seen ? std::optional(beyond) : std::nullopt;
    }
    case Signal::neck_raise:
      return sustained_peak(signals.neck, rep, on, off, hold_s);
    case Signal::bend_speed: {
      if (!rep.kicks_well_seen) return std::nullopt;
      return bends_faster(on, Seconds(value_of(details.window)), signals, rep,
                          definition.measurement);
    }
    case Signal::thigh_lift_lack:
      // With raised hips the thigh's slope does not show how high the knee is.
      if (signals.in_space && hips_are_up(rep, definition)) return std::nullopt;
      return lifted_too_little(rep, on, value_of(details.significance));
    case Signal::side_order:
    case Signal::legs_overlap:
    case Signal::hip_sway:
    case Signal::elbow_offset:
      return std::nullopt;  // of the set
    case Signal::channel:
      break;  // core/cycle judges these
  }
  return std::nullopt;
}

}  // namespace

bool kicks_are_well_seen(const SegmentSignals& signals, const Repetition& rep,
                         const MeasurementRules& rules) {
  const double top = rules.top_share.value * greatest_knee(signals, rep);
  for (std::size_t i = 0; i < signals.knee.size(); ++i) {
    const Sample& s = signals.knee[i];
    if (s.time < rep.start || s.time > rep.end || s.value < top) continue;
    if (signals.knee_deviation[i] > rules.kick_top_deviation_max.value) return false;
  }
  return true;
}

std::vector<DetectedFault> find_faults(const SegmentSignals& signals,
                                       const Repetition& repetition,
                                       IncompleteLowering stop_angle_deg,
                                       const Definition& definition, const Level& level) {
  std::vector<const Fault*> order;
  for (const Fault& f : definition.faults) {
    if (f.applies_at(level.number) && !f.of_set) order.push_back(&f);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const Fault* a, const Fault* b) { return a->priority < b->priority; });
  std::vector<DetectedFault> out;
  for (const Fault* f : order) {
    const auto value = fault_value(*f, signals, repetition, stop_angle_deg, definition, level);
    if (!value) continue;
    const FaultText* words = definition.words_for(f->id);
    out.push_back({f->id, *value, f->on.value, f->on.unit, words != nullptr ? words->cue : ""});
  }
  return out;
}

}  // namespace matside::exercise
