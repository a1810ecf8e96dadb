#include "core/exercise/repetition_measures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

#include "core/base/math.h"
#include "core/exercise/movement_onset.h"
#include "core/exercise/smoothness.h"

namespace matside::exercise {
namespace {

using base::Seconds;
using kinematics::RestPose;
using signal::Sample;
using Samples = std::vector<Sample>;

// A movement's end is about this far beyond kOnsetLowShare of its way, in times from
// there to half the way: the course of least jerk (movement_onset.cpp).
constexpr double kEdgeExtrapolation = 1.4;
// A slope needs the neighbours on both sides at any frame rate.
constexpr double kSlopeSteps = 1.5;
// Of fewer samples nothing is measured.
constexpr std::size_t kFewest = 4;
// Nodes, in standard deviations, and weights of a normal distribution's mean (Gauss-Hermite).
constexpr std::array<std::pair<double, double>, 4> kGaussHermite{
    {{-2.857, 0.01126}, {-1.356, 0.22208}, {1.356, 0.22208}, {2.857, 0.01126}}};

double mean_step_s(const Samples& samples) {
  if (samples.size() < 2) return 0.0;
  return (samples.back().time - samples.front().time).value() /
         static_cast<double>(samples.size() - 1);
}

// One leg's knee over its repetition, with the errors of its readings.
class KneeTrace {
 public:
  KneeTrace(const SegmentSignals& signals, const Samples& knee, const Definition& definition)
      : signals_(signals), knee_(knee), definition_(definition) {}

  [[nodiscard]] const MeasurementRules& rules() const { return definition_.measurement; }
  [[nodiscard]] double transit_from_deg() const {
    return definition_.repetition.transit_from.value;
  }
  [[nodiscard]] double transit_to_deg() const {
    return definition_.repetition.transit_to.value;
  }
  [[nodiscard]] double drift_time_s() const { return rules().drift_time.value; }
  [[nodiscard]] Seconds slope_half_window(double step_s) const {
    return std::max(Seconds(rules().slope_window.value), Seconds(kSlopeSteps * step_s));
  }

  [[nodiscard]] const Samples& samples() const { return knee_; }
  [[nodiscard]] double step_s() const { return mean_step_s(knee_); }

  [[nodiscard]] double value_at(Seconds time) const {
    const auto after = std::ranges::lower_bound(knee_, time, {}, &Sample::time);
    return after == knee_.end() ? knee_.back().value : after->value;
  }

  /// Standard deviation of the smoothed reading at `time`, from the frames' noise alone,
  /// degrees.
  [[nodiscard]] double noise_at(Seconds time) const {
    const auto after = std::ranges::lower_bound(signals_.knee, time, {}, &Sample::time);
    const auto i = static_cast<std::size_t>(after - signals_.knee.begin());
    return signals_.knee_deviation[std::min(i, signals_.knee_deviation.size() - 1)];
  }
  /// ... and from all errors that are independent in each repetition.
  [[nodiscard]] double random_at(Seconds time) const {
    return base::hypot(noise_at(time), drift_deg());
  }
  [[nodiscard]] double drift_deg() const { return signals_.rest_noise.knee_deg; }
  /// Of a bent knee's angle in the picture; in space there is no such error.
  [[nodiscard]] double image_angle_deviation_deg() const {
    return signals_.in_space ? 0.0 : rules().image_angle_deviation.value;
  }
  [[nodiscard]] double systematic_of(double bend_deg) const {
    return image_angle_deviation_deg() *
           std::clamp(bend_deg / rules().image_angle_full.value, 0.0, 1.0);
  }

  /// Standard deviation of the time at which the smoothed curve is read, from the uncertain
  /// times of the frames, seconds.
  [[nodiscard]] double timing_at(Seconds time) const {
    return signals_.time_noise.value() * noise_at(time) /
           std::max(kMinNoiseDeg, signals_.knee_noise_deg);
  }

  /// Degrees a second, without sign; at least MeasurementRules::speed_min.
  [[nodiscard]] double slope_at(Seconds time) const {
    const Seconds half = slope_half_window(step_s());
    return std::max(rules().speed_min.value,
                    std::abs(signal::slope(samples_between(knee_, time - half, time + half))));
  }

 private:
  const SegmentSignals& signals_;
  const Samples& knee_;
  const Definition& definition_;
};

// A time and its standard deviations, in seconds.
struct TimedEvent {
  Seconds time;
  double random = 0.0;
  double systematic = 0.0;
};

TimedEvent level_crossing(const KneeTrace& knee, Seconds time, double level_deg) {
  const double steepness = knee.slope_at(time);
  return {time, base::hypot(knee.random_at(time) / steepness, knee.timing_at(time)),
          knee.systematic_of(level_deg) / steepness};
}

// An end of a movement, extrapolated from its middle. At `half` it is half the way from that
// end, at `low` 15 % of it.
TimedEvent edge(const KneeTrace& knee, Seconds end, Seconds half, Seconds low,
                double random_deg, double systematic_deg) {
  const double seconds_per_deg = base::hypot((1.0 + kEdgeExtrapolation) / knee.slope_at(low),
                                             kEdgeExtrapolation / knee.slope_at(half));
  return {end, random_deg * seconds_per_deg, systematic_deg * seconds_per_deg};
}

// When the heel arrives at a kick from the valley before it. The top itself is flat and, where
// the leg stays there, has no clear time.
std::optional<TimedEvent> kick_arrival(const KneeTrace& knee, Seconds valley, Seconds kick) {
  const double top_deg = knee.value_at(kick);
  Samples below = samples_between(knee.samples(), valley, kick);
  for (Sample& s : below) s.value = top_deg - s.value;
  if (below.size() < kFewest) return std::nullopt;
  const signal::Extremum from{valley, below.front().value, true};
  const auto half = signal::falling_crossing(below, 0.5 * from.value, valley);
  const auto low = signal::falling_crossing(below, kOnsetLowShare * from.value, valley);
  const auto end = movement_offset(below, from);
  if (!half || !low || !end) return std::nullopt;
  // How far two readings so close together drift apart. The error of the top shifts both alike
  // and mostly cancels.
  const double wander =
      knee.drift_deg() *
      std::sqrt(1.0 - base::exp(-(*end - *half).value() / knee.drift_time_s()));
  return edge(knee, *end, *half, *low, base::hypot(knee.noise_at(kick), wander), 0.0);
}

Seconds valley_before(const KneeTrace& knee, const Repetition& rep, std::size_t kick) {
  if (kick == 0) return rep.start;
  const Samples between_kicks =
      samples_between(knee.samples(), rep.kicks[kick - 1].time, rep.kicks[kick].time);
  if (between_kicks.empty()) return rep.kicks[kick - 1].time;
  return std::ranges::min_element(between_kicks, {}, &Sample::value)->time;
}

std::optional<TimedEvent> kick_arrival(const KneeTrace& knee, const Repetition& rep,
                                       std::size_t kick) {
  return kick_arrival(knee, valley_before(knee, rep, kick), rep.kicks[kick].time);
}

std::optional<Measured> between(const KneeTrace& knee, const TimedEvent& from,
                                const TimedEvent& to) {
  const Measured out{(to.time - from.time).value(), base::hypot(from.random, to.random),
                     base::hypot(from.systematic, to.systematic)};
  if (!(out.value > 0.0) ||
      out.deviation() > knee.rules().relative_deviation_max.value * out.value)
    return std::nullopt;
  return out;
}

std::optional<Seconds> rises_through(const Samples& knee, double level_deg, Seconds before) {
  std::optional<Seconds> found;
  for (std::size_t i = 1; i < knee.size() && knee[i].time <= before; ++i) {
    const Sample& a = knee[i - 1];
    const Sample& b = knee[i];
    if (a.value >= level_deg || b.value < level_deg) continue;
    found = a.time + (b.time - a.time) * ((level_deg - a.value) / (b.value - a.value));
  }
  return found;
}

// Readings in space of one kick share their error: more of them are not more certain.
std::optional<Measured> greatest_bend(const SegmentSignals& signals, const KneeTrace& knee,
                                      const Repetition& rep) {
  const Kick* deepest = nullptr;
  for (const Kick& k : rep.kicks) {
    if (deepest == nullptr || k.knee_flexion > deepest->knee_flexion) deepest = &k;
  }
  if (deepest == nullptr) return std::nullopt;
  const double random = knee.random_at(deepest->time);
  if (random > knee.rules().knee_deviation_max.value) return std::nullopt;
  double picture = knee.image_angle_deviation_deg();
  std::vector<double> knee_3d;
  for (const Knee3dSample& r : signals.knee_3d) {
    if (std::abs((r.time - deepest->time).value()) <= knee.rules().kick_window.value) {
      knee_3d.push_back(r.deviation_deg);
    }
  }
  if (const auto space = signal::median(knee_3d)) {
    picture *= *space / base::hypot(picture, *space);
  }
  return Measured{rep.greatest_bend.value(), random, picture};
}

std::optional<Measured> beat_interval(const KneeTrace& knee, const Repetition& rep) {
  if (rep.kicks.size() < 2) return std::nullopt;
  const auto first = kick_arrival(knee, rep, 0);
  const auto last = kick_arrival(knee, rep, rep.kicks.size() - 1);
  if (!first || !last) return std::nullopt;
  const auto out = between(knee, *first, *last);
  if (!out) return std::nullopt;
  const auto intervals = static_cast<double>(rep.kicks.size() - 1);
  return Measured{out->value / intervals, out->random / intervals, out->systematic / intervals};
}

std::optional<Measured> rise(const KneeTrace& knee, const Repetition& rep) {
  const auto start =
      rises_through(knee.samples(), knee.transit_to_deg(), rep.kicks.front().time);
  const auto end = kick_arrival(knee, rep, 0);
  if (!start || !end) return std::nullopt;
  return between(knee, level_crossing(knee, *start, knee.transit_to_deg()), *end);
}

std::optional<TimedEvent> movement_start(const KneeTrace& knee, const Repetition& rep) {
  const Seconds kick = rep.kicks.front().time;
  const double top_deg = knee.value_at(kick);
  const auto half = rises_through(knee.samples(), 0.5 * top_deg, kick);
  const auto low = rises_through(knee.samples(), kOnsetLowShare * top_deg, kick);
  if (!half || !low) return std::nullopt;
  return edge(knee, rep.start, *half, *low, knee.random_at(*low),
              knee.systematic_of(kOnsetLowShare * top_deg));
}

// Nothing for a foot that stopped too early, or was not seen coming down.
std::optional<Seconds> low_crossing_time(const KneeTrace& knee, const Repetition& rep) {
  const auto low =
      signal::falling_crossing(knee.samples(), knee.transit_to_deg(), rep.kicks.back().time);
  return low && *low <= rep.end ? low : std::nullopt;
}

std::optional<TimedEvent> movement_end(const KneeTrace& knee, const Repetition& rep) {
  const Seconds kick = rep.kicks.back().time;
  const double top_deg = knee.value_at(kick);
  const auto half = signal::falling_crossing(knee.samples(), 0.5 * top_deg, kick);
  const auto low = low_crossing_time(knee, rep);
  if (!half || !low) return std::nullopt;
  return edge(knee, rep.end, *half, *low, knee.random_at(*low),
              knee.systematic_of(knee.transit_to_deg()));
}

// The times that follow from the ends and the middle of the lowering.
void time_lowering(const KneeTrace& knee, const Repetition& rep, Measures& out) {
  const Seconds last_kick = rep.kicks.back().time;
  const auto at_70 =
      signal::falling_crossing(knee.samples(), knee.transit_from_deg(), last_kick);
  const auto at_20 = low_crossing_time(knee, rep);
  if (at_70 && at_20) {
    out.transit_70_20_s = between(knee, level_crossing(knee, *at_70, knee.transit_from_deg()),
                                  level_crossing(knee, *at_20, knee.transit_to_deg()));
  }
  const auto end = movement_end(knee, rep);
  if (!end) return;
  const TimedEvent start{rep.lowering_start,
                         std::numbers::sqrt2 * knee.noise_at(rep.lowering_start) /
                             knee.slope_at(rep.lowering_start),
                         0.0};
  out.lowering_s = between(knee, start, *end);
  if (const auto from = movement_start(knee, rep)) out.duration_s = between(knee, *from, *end);
}

// Root mean square of the rest before and after the repetition: its noise.
double noise_at_rest(const Samples& samples, const Repetition& rep, Seconds window) {
  double sum = 0.0;
  double count = 0.0;
  for (const Sample& s : samples) {
    if (s.time >= rep.start && s.time <= rep.end) continue;
    if (s.time < rep.start - window || s.time > rep.end + window) continue;
    sum += s.value * s.value;
    count += 1.0;
  }
  return count > 0.0 ? std::sqrt(sum / count) : 0.0;
}

double share_within(const Samples& samples, double shift, double bound) {
  const auto inside = std::ranges::count_if(
      samples, [&](const Sample& s) { return std::abs(s.value + shift) <= bound; });
  return static_cast<double>(inside) / static_cast<double>(samples.size());
}

// The hip's error drifts slowly and shifts whole pieces of the curve.
std::optional<Measured> hips_still(const Samples& hip, double noise,
                                   const Definition& definition) {
  const Fault* hips = definition.fault_of(Signal::hip_rise);
  if (hips == nullptr || !hips->off) return std::nullopt;
  const double still = hips->off->value;
  if (hip.size() < kFewest) return std::nullopt;
  const double pieces = 1.0 + 0.5 * (hip.back().time - hip.front().time).value() /
                                  definition.measurement.drift_time.value;
  const double value = share_within(hip, 0.0, still);
  const double one_frame = 1.0 / static_cast<double>(hip.size());
  double variance = 0.0;
  for (const auto& [place, weight] : kGaussHermite) {
    const double off = share_within(hip, place * noise, still) - value;
    variance += weight * off * off;
  }
  return Measured{value, base::hypot(one_frame, std::sqrt(variance / pieces)), 0.0};
}

std::optional<Measured> hip_moves_at(const Samples& hip, const KneeTrace& knee, double noise,
                                     double usual_noise, const Repetition& rep) {
  const MeasurementRules& rules = knee.rules();
  const double border =
      std::max(rules.hip_onset_rise.value, rules.hip_onset_noise_ratio.value * usual_noise);
  bool above = false;
  Seconds since(0.0);
  for (const Sample& s : hip) {
    if (s.time > rep.kicks.front().time ||
        knee.value_at(s.time) >= rules.hip_onset_flexion_max.value)
      break;
    if (s.value < border) {
      above = false;
      continue;
    }
    if (!above) since = s.time;
    above = true;
    if (s.time - since < Seconds(rules.hip_onset_hold.value)) continue;
    const Seconds half = knee.slope_half_window(mean_step_s(hip));
    const double hip_speed =
        std::abs(signal::slope(samples_between(hip, since - half, since + half)));
    const double knee_deg = knee.value_at(since);
    const double off_s =
        std::min(noise / std::max(1e-3, hip_speed), (since - rep.start).value());
    return Measured{knee_deg, base::hypot(knee.random_at(since), knee.slope_at(since) * off_s),
                    knee.systematic_of(knee_deg)};
  }
  return std::nullopt;
}

// The lowest mean over a window of `hold`, or over all samples if they are shorter.
std::optional<double> lowest_window_mean(const Samples& samples, Seconds hold) {
  if (samples.size() < kFewest) return std::nullopt;
  std::optional<double> lowest;
  double sum = 0.0;
  std::size_t from = 0;
  for (std::size_t to = 0; to < samples.size(); ++to) {
    sum += samples[to].value;
    while (samples[to].time - samples[from].time > hold) sum -= samples[from++].value;
    const bool whole = samples[to].time - samples.front().time >= hold;
    if (!whole && to + 1 < samples.size()) continue;
    const double mean = sum / static_cast<double>(to - from + 1);
    lowest = std::min(lowest.value_or(mean), mean);
  }
  return lowest;
}

double mean_of(const Samples& samples) {
  double sum = 0.0;
  for (const Sample& s : samples) sum += s.value;
  return sum / static_cast<double>(samples.size());
}

std::optional<Measured> smoothness_of_lowering(const SegmentSignals& signals,
                                               const KneeTrace& knee, const Repetition& rep) {
  double frames = 0.0;
  for (const signal::WeightedSample& s : signals.knee_raw) {
    if (s.time >= rep.lowering_start && s.time <= rep.end) frames += s.weight;
  }
  return lowering_smoothness(samples_between(knee.samples(), rep.lowering_start, rep.end),
                             {signals.knee_noise_deg, frames, knee.drift_deg(),
                              knee.drift_time_s(), knee.rules().smoothness_deviation.value});
}

}  // namespace

Measures measure_repetition(const SegmentSignals& signals, const Samples& knee_samples,
                            const RestPose& rest, const Repetition& rep,
                            const Definition& definition) {
  Measures out;
  if (knee_samples.empty() || signals.knee.empty() || rep.kicks.empty()) return out;
  const KneeTrace knee(signals, knee_samples, definition);
  out.greatest_bend_deg = greatest_bend(signals, knee, rep);
  out.rise_s = rise(knee, rep);
  out.beat_interval_s = beat_interval(knee, rep);
  time_lowering(knee, rep, out);
  if (out.lowering_s) out.lowering_smoothness = smoothness_of_lowering(signals, knee, rep);
  const Samples hip = samples_between(signals.hip_rise, rep.start, rep.end);
  const double hip_noise = signals.rest_noise.hip_thigh_lengths;
  out.hips_still_share = hips_still(hip, hip_noise, definition);
  out.hip_moves_at_deg =
      hip_moves_at(hip, knee, hip_noise,
                   noise_at_rest(signals.hip_rise, rep,
                                 Seconds(definition.measurement.rest_noise_window.value)),
                   rep);
  const Fault* sinking = definition.fault_of(Signal::trunk_incline);
  if (sinking == nullptr || !sinking->min_duration) return out;
  const Samples chest = samples_between(signals.chest, rep.start, rep.end);
  if (const auto lowest = lowest_window_mean(chest, Seconds(sinking->min_duration->value))) {
    const double noise = signals.rest_noise.trunk_deg;
    out.chest_fall_deg = Measured{-*lowest, noise, 0.0};
    out.chest_incline_deg = Measured{rest.trunk_incline.value() + mean_of(chest), noise,
                                     definition.measurement.image_angle_deviation.value};
  }
  return out;
}

}  // namespace matside::exercise
