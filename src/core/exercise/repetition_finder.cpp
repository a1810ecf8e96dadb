#include "core/exercise/repetition_finder.h"
#include "core/base/math.h"
#include "core/exercise/repetition_faults.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "core/exercise/kicking_side.h"
#include "core/exercise/level_posture.h"
#include "core/exercise/movement_onset.h"
#include "core/exercise/repetition_measures.h"

namespace matside::exercise {
namespace {

using base::Degrees;
using base::Seconds;
using signal::Extremum;
using signal::Sample;

// Fewer samples of a leg show no movement.
constexpr std::size_t kMinSamples = 4;

struct RepetitionSpan {
  Seconds from;  ///< Its leg is the raised one from here ...
  Seconds to;    ///< ... to here.
  std::vector<Extremum> kicks;
  std::vector<Sample> knee;  ///< Of its leg, which may move before and after that.
};

double value_at(const std::vector<Sample>& samples, Seconds time) {
  const auto after = std::find_if(samples.begin(), samples.end(),
                                  [&](const Sample& s) { return s.time >= time; });
  return after == samples.end() ? samples.back().value : after->value;
}

double deviation_at(const SegmentSignals& signals, Seconds time) {
  for (std::size_t i = 0; i < signals.knee.size(); ++i) {
    if (signals.knee[i].time >= time) return signals.knee_deviation[i];
  }
  return 0.0;
}

// Kicks and the valleys between them. Where the leg was badly seen and a valley does not exceed
// the noise, its two kicks become one, the higher.
std::vector<Extremum> significant_turning_points(const SegmentSignals& signals,
                                                 const RepetitionRules& rules) {
  std::vector<Sample> knee = signals.knee;
  // The end counts as a turning point: after it the leg is at rest or unseen.
  knee.push_back({knee.back().time + Seconds(1e-3), 0.0});
  std::vector<Extremum> points = signal::turning_points(knee, rules.kick_prominence.value);
  if (!points.empty() && !points.front().is_maximum) points.erase(points.begin());
  const auto lower_kick = [&](std::size_t valley) {
    return points[valley - 1].value < points[valley + 1].value ? valley - 1 : valley + 1;
  };
  const auto sureness = [&](std::size_t valley) {
    const Extremum& kick = points[lower_kick(valley)];
    const double noise = base::hypot(deviation_at(signals, kick.time),
                                     deviation_at(signals, points[valley].time));
    return (kick.value - points[valley].value) / std::max(1e-9, noise);
  };
  while (points.size() >= 3) {
    std::size_t weakest = 1;
    for (std::size_t valley = 3; valley + 1 < points.size(); valley += 2) {
      if (sureness(valley) < sureness(weakest)) weakest = valley;
    }
    if (sureness(weakest) >= rules.kick_prominence_noise.value) break;
    const auto first =
        points.begin() + static_cast<std::ptrdiff_t>(std::min(weakest, lower_kick(weakest)));
    points.erase(first, first + 2);
  }
  return points;
}

// Of maxima closer together than a kick can be, the highest.
std::vector<Extremum> kicks_of(const std::vector<Extremum>& maxima,
                               const RepetitionRules& rules) {
  std::vector<Extremum> kicks;
  for (const Extremum& m : maxima) {
    if (!kicks.empty() && m.time - kicks.back().time < Seconds(rules.kick_interval_min.value)) {
      if (m.value > kicks.back().value) kicks.back() = m;
      continue;
    }
    kicks.push_back(m);
  }
  return kicks;
}

// Evidence of the labels near a kick: positive for the left leg, negative for the right.
double left_evidence(const SegmentSignals& signals, Seconds kick, const SideRules& rules) {
  double sum = 0.0;
  for (const LegEvidence& e : signals.legs) {
    if (std::abs((e.time - kick).value()) > rules.kick_window.value) continue;
    sum += (e.label == pose::Side::left ? 1.0 : -1.0) * e.clarity * e.weight;
  }
  return sum;
}

// Whether the next leg rises while the first one is still on its way down: the labels change
// and the other leg comes up to the valley.
bool legs_cross(const SegmentSignals& signals, Seconds kick, const Extremum& valley,
                Seconds next, const Definition& definition) {
  const SideRules& rules = definition.side;
  const double before = left_evidence(signals, kick, rules);
  if (!(before * left_evidence(signals, next, rules) < 0.0)) return false;
  double other = 0.0;
  for (const signal::WeightedSample& s : signals.other) {
    if (std::abs((s.time - valley.time).value()) > rules.valley_window.value) continue;
    if (s.weight < definition.measurement.evidence_weight_min.value) continue;
    other = std::max(other, s.value);
  }
  return other >= definition.repetition.crossing_share.value * valley.value;
}

// Where the legs crossed, a leg is `knee` on one side of the valley and `other` on the other.
void split_at_crossing(const SegmentSignals& signals, Seconds valley, RepetitionSpan& before,
                       RepetitionSpan& after) {
  const std::vector<Sample> lowering =
      samples_between(signals.other_smooth, valley, after.kicks.front().time);
  const std::vector<Sample> rising =
      samples_between(signals.other_smooth, before.kicks.back().time, valley);
  before.knee = samples_between(before.knee, before.knee.front().time, valley);
  before.knee.insert(before.knee.end(), lowering.begin(), lowering.end());
  after.knee = rising;
  const std::vector<Sample> rest = samples_between(signals.knee, valley, after.to);
  after.knee.insert(after.knee.end(), rest.begin(), rest.end());
}

// Splits the segment where the foot came down between two deep bends, and where the legs
// crossed.
std::vector<RepetitionSpan> split_repetitions(const SegmentSignals& signals,
                                              const Definition& definition) {
  const RepetitionRules& rules = definition.repetition;
  std::vector<RepetitionSpan> spans;
  Extremum valley;
  for (const Extremum& p : significant_turning_points(signals, rules)) {
    if (!p.is_maximum) {
      valley = p;
      continue;
    }
    if (p.value < rules.counted_bend.value) continue;
    const Seconds end = signals.knee.back().time;
    if (spans.empty()) {
      spans.push_back({signals.knee.front().time, end, {p}, signals.knee});
      continue;
    }
    RepetitionSpan& last = spans.back();
    const Seconds last_kick = last.kicks.back().time;
    const bool crossed = legs_cross(signals, last_kick, valley, p.time, definition);
    // Also between small kicks a foot that has come only part of the way is not down.
    const double lower_kick = std::min(last.kicks.back().value, p.value);
    const bool down = valley.value < std::min(rules.counted_bend.value,
                                              rules.down_share.value * lower_kick) &&
                      p.time - last_kick > Seconds(rules.kick_interval_max.value);
    if (!down && !crossed) {
      last.kicks.push_back(p);
      continue;
    }
    last.to = valley.time;
    RepetitionSpan next{valley.time, end, {p}, samples_between(signals.knee, valley.time, end)};
    if (crossed) {
      split_at_crossing(signals, valley.time, last, next);
    } else {
      last.knee = samples_between(last.knee, last.knee.front().time, valley.time);
    }
    spans.push_back(std::move(next));
  }
  for (RepetitionSpan& s : spans) s.kicks = kicks_of(s.kicks, rules);
  return spans;
}

// Both feet moving together are no repetition.
bool legs_together(const SegmentSignals& signals, const RepetitionSpan& span,
                   const Definition& definition) {
  const RepetitionRules& rules = definition.repetition;
  const double least_weight = definition.measurement.evidence_weight_min.value;
  double together = 0.0;
  double all = 0.0;
  for (const signal::WeightedSample& other : signals.other) {
    if (other.time < span.from || other.time > span.to) continue;
    const double raised = value_at(signals.knee, other.time);
    if (raised < rules.together_from_share.value * rules.counted_bend.value ||
        other.weight < least_weight)
      continue;
    all += 1.0;
    if (other.value > rules.together_bend_share.value * raised) together += 1.0;
  }
  return all > 0.0 && together > rules.together_time_share.value * all;
}

// A person on the back or side who draws a knee up: the thigh rises further than a hip extends,
// the foot stays down while the knee rises, or the shank turns the other way.
bool knee_drawn_up(const SegmentSignals& signals, const RepetitionSpan& span,
                   const RepetitionRules& rules) {
  // The upper half of the kick shows thigh and shank best.
  const double half = 0.5 * span.kicks.front().value;
  std::vector<double> lifts;
  std::vector<double> lifts_by_ankle;
  std::vector<double> bends;
  for (std::size_t i = 0; i < signals.knee_raw.size(); ++i) {
    const Seconds time = signals.knee_raw[i].time;
    if (time < span.from || time > span.to || signals.knee_raw[i].value < half) continue;
    lifts.push_back(std::abs(signals.thigh[i].value));
    lifts_by_ankle.push_back(signals.thigh_from_ankle[i].value);
    bends.push_back(signals.knee_from_joints[i].value);
  }
  return signal::median(lifts).value_or(0.0) > rules.prone_hip_extension_max.value ||
         signal::median(lifts_by_ankle).value_or(0.0) < -rules.prone_foot_drop_max.value ||
         signal::median(bends).value_or(0.0) < -rules.prone_knee_extension_max.value;
}

Seconds foot_leaves_rest(const std::vector<Sample>& knee, const Extremum& first_kick,
                         const RepetitionRules& rules) {
  Seconds start = knee.front().time;
  for (const Sample& s : knee) {
    if (s.time >= first_kick.time) break;
    if (s.value <= rules.edge_flexion.value) start = s.time;
  }
  const Seconds earliest =
      std::max(Seconds(0.0), knee.front().time - Seconds(rules.edge_extrapolation_max.value));
  return std::max(earliest, std::min(start, movement_onset(knee, first_kick).value_or(start)));
}

// Ends are known within a few tenths of a second, so a smaller overlap is none.
Seconds clamp_start(Seconds last_end, Seconds start, const Extremum& first_kick,
                    Seconds overlap_min) {
  if (last_end - start >= overlap_min || last_end >= first_kick.time) return start;
  return std::max(start, last_end);
}

struct Lowering {
  Seconds start;
  Seconds end;
  IncompleteLowering stop_angle_deg;
};

double mean_weight(const SegmentSignals& signals, Seconds from, Seconds to) {
  double sum = 0.0;
  double count = 0.0;
  for (const signal::WeightedSample& s : signals.knee_raw) {
    if (s.time < from || s.time > to) continue;
    sum += s.weight;
    count += 1.0;
  }
  return count > 0.0 ? sum / count : 0.0;
}

// Whether the raised leg keeps its label; otherwise it is unclear which leg is seen.
bool keeps_label(const SegmentSignals& signals, Seconds from, Seconds to,
                 double least_clarity) {
  std::optional<pose::Side> label;
  for (const LegEvidence& e : signals.legs) {
    if (e.time < from || e.time > to || e.clarity < least_clarity) continue;
    if (label && *label != e.label) return false;
    label = e.label;
  }
  return true;
}

Lowering lowering_of(const SegmentSignals& signals, const std::vector<Sample>& knee,
                     const Extremum& last_kick, const Definition& definition) {
  const RepetitionRules& rules = definition.repetition;
  const double least_weight = definition.measurement.evidence_weight_min.value;
  Lowering out{last_kick.time, knee.back().time, std::nullopt};
  const Seconds half(0.5 * rules.stop_window.value);
  for (const Sample& s : knee) {
    if (s.time < last_kick.time) continue;
    if (s.value >
        last_kick.value - rules.lowering_start_share.value * rules.kick_prominence.value) {
      out.start = s.time;
    }
    if (s.value <= rules.edge_flexion.value) {
      out.end = s.time;
      break;
    }
    const bool lowered = s.value < rules.stop_below_share.value * last_kick.value;
    if (!lowered || s.value < rules.start_near.value || s.time + half > knee.back().time)
      continue;
    const Seconds from = s.time - Seconds(rules.stop_window.value);
    const Seconds to = s.time + Seconds(rules.stop_window.value);
    if (mean_weight(signals, from, to) < least_weight ||
        !keeps_label(signals, from, to, least_weight)) {
      continue;
    }
    const std::vector<Sample> window = samples_between(knee, s.time - half, s.time + half);
    if (std::abs(signal::slope(window)) >= rules.stop_speed.value) continue;
    out.stop_angle_deg = s.value;
    out.end = s.time;
    return out;
  }
  const Seconds latest = knee.back().time + Seconds(rules.edge_extrapolation_max.value);
  out.end =
      std::min(latest, std::max(out.end, movement_offset(knee, last_kick).value_or(out.end)));
  return out;
}

// Correction of a flexion seen in the picture by readings in space, weighted by variances.
// Readings of one kick share their error, so more frames do not make them more certain.
double flexion_3d_correction_deg(const SegmentSignals& signals, Seconds kick,
                                 const MeasurementRules& rules) {
  double sum = 0.0;
  double weights = 0.0;
  std::vector<double> deviations;
  for (const Knee3dSample& reading : signals.knee_3d) {
    if (std::abs((reading.time - kick).value()) > rules.kick_window.value) continue;
    const double weight = 1.0 / (reading.deviation_deg * reading.deviation_deg);
    sum += weight * reading.above_image_deg;
    weights += weight;
    deviations.push_back(reading.deviation_deg);
  }
  const auto deviation = signal::median(deviations);
  if (!deviation) return 0.0;
  const double picture = rules.image_angle_deviation.value * rules.image_angle_deviation.value;
  return sum / weights * picture / (picture + *deviation * *deviation);
}

// Where the level asks for a lift, the usual lift is no error.
bool lift_is_required(const Definition& definition, const Level& level) {
  return std::ranges::any_of(definition.faults, [&](const Fault& fault) {
    return fault.signal == Signal::thigh_lift_lack && fault.applies_at(level.number);
  });
}

// The hip's median height during the kicks, positive or negative.
double median_hip_height(const SegmentSignals& signals, const Repetition& rep) {
  std::vector<double> heights;
  for (const Sample& s :
       samples_between(signals.hip_rise, rep.kicks.front().time, rep.lowering_start)) {
    heights.push_back(s.value);
  }
  return signal::median(heights).value_or(0.0);
}

double greatest(const std::vector<Sample>& samples, const Repetition& rep) {
  double most = 0.0;
  for (const Sample& s : samples_between(samples, rep.start, rep.end))
    most = std::max(most, s.value);
  return most;
}

std::optional<Seconds> transit_of(const std::vector<Sample>& knee, Seconds last_kick,
                                  const RepetitionRules& rules) {
  const auto from = signal::falling_crossing(knee, rules.transit_from.value, last_kick);
  const auto to = signal::falling_crossing(knee, rules.transit_to.value, last_kick);
  if (!from || !to || !(*to > *from)) return std::nullopt;
  return *to - *from;
}

struct Sampling {
  bool sparse = false;  ///< Too few frames in all: also a change of legs may be missed.
  bool gap = false;     ///< A kick can have fallen between two frames.
};

Sampling sampling_of(const std::vector<kinematics::BodyFrame>& frames, const Repetition& rep,
                     const RepetitionRules& rules) {
  int intervals = 0;
  Seconds longest(0.0);
  for (std::size_t i = 1; i < frames.size(); ++i) {
    if (frames[i].time <= rep.start || frames[i - 1].time >= rep.end) continue;
    ++intervals;
    longest = std::max(longest, frames[i].time - frames[i - 1].time);
  }
  const Seconds seen =
      std::min(rep.end, frames.back().time) - std::max(rep.start, frames.front().time);
  return {static_cast<double>(intervals) < rules.scored_rate_min.value * seen.value(),
          longest > Seconds(rules.scored_gap_max.value)};
}

// Of a repetition that was seen to its end.
RepetitionStatus status_of(const Repetition& rep, const Definition& definition) {
  const bool small = std::ranges::any_of(rep.faults, [&](const DetectedFault& f) {
    const Fault* fault = definition.fault(f.id);
    return fault != nullptr && fault->signal == Signal::peak_knee;
  });
  if (small) return RepetitionStatus::partial;
  if (!rep.scored) return RepetitionStatus::unjudged;
  if (!rep.faults.empty()) return RepetitionStatus::faulty;
  // It is not what the level asks for, so it is no clean repetition of it.
  return rep.flat ? RepetitionStatus::unjudged : RepetitionStatus::clean;
}

/// Bends of both legs together are only noted.
bool is_of_one_leg(const SegmentSignals& signals, const RepetitionSpan& span,
                   const Definition& definition, PersonHistory& history) {
  if (!legs_together(signals, span, definition)) {
    history.together_in_a_row = 0;
    return true;
  }
  ++history.together;
  ++history.together_in_a_row;
  return false;
}

std::optional<Repetition> score_repetition(const MovementSegment& segment,
                                           const SegmentSignals& signals,
                                           const RepetitionSpan& span,
                                           const Definition& definition, const Level& chosen,
                                           PersonHistory& history) {
  const RepetitionRules& rules = definition.repetition;
  const std::vector<Sample>& knee = span.knee;
  if (knee.size() < kMinSamples || knee_drawn_up(signals, span, rules)) return std::nullopt;
  if (!is_of_one_leg(signals, span, definition, history)) return std::nullopt;
  const Extremum& first_kick = span.kicks.front();
  const Extremum& last_kick = span.kicks.back();
  const Lowering lowering = lowering_of(signals, knee, last_kick, definition);
  Repetition rep;
  rep.flat = level_posture(chosen, definition.camera, segment.rest.trunk_incline) ==
             LevelPosture::too_low;
  const Level level = rep.flat ? flat_version(definition, chosen) : chosen;
  rep.start = clamp_start(history.last_end, foot_leaves_rest(knee, first_kick, rules),
                          first_kick, Seconds(rules.overlap_min.value));
  rep.lowering_start = lowering.start;
  rep.end = lowering.end;
  history.last_end = rep.end;
  rep.lowering = rep.end - rep.lowering_start;
  const SideEstimate side =
      estimate_kicking_side(signals, std::max(rep.start, span.from), std::min(rep.end, span.to),
                            history.last_side, definition);
  rep.side = side.side;
  rep.side_confidence = side.confidence;
  for (const Extremum& k : span.kicks) {
    const Degrees depth(k.value +
                        flexion_3d_correction_deg(signals, k.time, definition.measurement));
    rep.kicks.push_back({k.time, depth});
    rep.greatest_bend = std::max(rep.greatest_bend, depth);
  }
  rep.transit_70_20 = transit_of(knee, last_kick.time, rules);
  rep.hip_rise_thigh_lengths = greatest(signals.hip_rise, rep);
  rep.hip_at_top_thigh_lengths = median_hip_height(signals, rep);
  rep.elbow_forward = segment.rest.elbow_forward;
  const pose::Side near = kinematics::near_side(segment.frames.front().head_direction);
  rep.thigh_lift = estimate_thigh_lift(
      signals, rep,
      {side.more_likely_side != near, lift_is_required(definition, level), signals.in_space},
      definition.measurement, history.thigh_lifts[pose::index(side.more_likely_side)]);
  const bool cut_off =
      segment.end == SegmentEnd::lost && knee.back().value > rules.rest_below.value;
  // Also where the foot was in the air already when it was first seen.
  const bool begun_unseen =
      span.from == signals.knee.front().time &&
      signals.knee.front().value > rules.down_share.value * first_kick.value;
  const Sampling sampling = sampling_of(segment.frames, rep, rules);
  rep.frames_missing = begun_unseen || sampling.sparse || sampling.gap;
  if (begun_unseen || sampling.sparse) rep.side = KickingSide::unsure;
  if (rep.side != KickingSide::unsure) history.last_side = side.more_likely_side;
  rep.scored = segment.noise.knee_deg <= rules.noise_max.value &&
               segment.view.obliquity().value() <= rules.obliquity_max.value && !cut_off &&
               !rep.frames_missing;
  if (rep.scored) {
    rep.measures = measure_repetition(signals, knee, segment.rest, rep, definition);
    rep.kicks_well_seen = kicks_are_well_seen(signals, rep, definition.measurement);
    rep.faults = find_faults(signals, rep, lowering.stop_angle_deg, definition, level);
  }
  rep.status = cut_off ? RepetitionStatus::partial : status_of(rep, definition);
  rep.confidence = 0.5 + 0.5 * mean_weight(signals, rep.start, rep.end);
  return rep;
}

}  // namespace

std::vector<Repetition> find_repetitions(const MovementSegment& segment,
                                         const Definition& definition, const Level& level,
                                         PersonHistory& history) {
  std::vector<Repetition> out;
  const SegmentSignals signals = segment_signals(segment, definition);
  if (signals.knee.empty()) return out;
  for (const RepetitionSpan& span : split_repetitions(signals, definition)) {
    auto rep = score_repetition(segment, signals, span, definition, level, history);
    if (rep) out.push_back(std::move(*rep));
  }
  return out;
}

}  // namespace matside::exercise
