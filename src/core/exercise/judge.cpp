#include "core/exercise/judge.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "core/exercise/edges.h"
#include "core/exercise/kicking_side.h"
#include "core/exercise/measures.h"

namespace matside::exercise {
namespace {

using base::Degrees;
using base::Seconds;
using signal::Extremum;
using signal::Sample;

// A foot nearer to rest than this is taken as resting when a repetition's edges are timed.
constexpr double kEdgeDeg = 5.0;
// A lowering foot that hardly moves for this long has stopped ...
constexpr double kStopWindowS = 0.4;
constexpr double kStopSpeed = 10.0;  // degrees a second
// ... when it has come down to this share of the kick.
constexpr double kStopBelowShare = 0.6;
// Both legs are bent together when the other is bent this share of the raised one, for this
// share of the time.
constexpr double kTogetherBend = 0.6;
constexpr double kTogetherTime = 0.5;
// Edges are looked for no further beyond what was seen of a leg.
constexpr Seconds kBeyondSeen(1.0);
// Less than this does not tell which of two edges was first.
constexpr Seconds kEdgesTell(0.3);
// Labels and legs are looked at this far round a moment.
constexpr Seconds kRoundKick(0.15);
constexpr Seconds kRoundValley(0.3);
constexpr double kDownShare = 0.5;
// Seen from further off square than this, form is not judged: the picture can't be squared.
constexpr double kMostOffDeg = 35.0;
// Where legs cross both are equally high. Simulated, the lower one reads at least 0.6 of the
// other, and a leg on the mat at most 0.05.
constexpr double kCrossingShare = 0.3;
// Of 20 hips, 19 extend no further (16.8 +- 4.5 degrees, movement.md 1.6).
constexpr double kMostHipExtension = 24.0;
// A knee whose foot stays down reads 30 to 40 degrees below the mat by the ankle, and one that
// rests on the mat never so much.
constexpr double kFootStaysDownDeg = -20.0;
// Nor does a knee bend the other way; what reads so is not a prone leg.
constexpr double kMostKneeExtension = -10.0;
// Frames of less weight do not tell.
constexpr double kTells = 0.2;

struct Span {
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

double deviation_at(const BendSignals& signals, Seconds time) {
  for (std::size_t i = 0; i < signals.knee.size(); ++i) {
    if (signals.knee[i].time >= time) return signals.knee_deviation[i];
  }
  return 0.0;
}

// Kicks and the valleys between them. A valley that does not stand out of the noise, where the
// leg was badly seen, joins its two kicks into the higher one.
std::vector<Extremum> sure_turning_points(const BendSignals& signals,
                                          const RepetitionRules& rules) {
  std::vector<Sample> knee = signals.knee;
  // The end counts as a turning point: what comes after is rest or unseen.
  knee.push_back({knee.back().time + Seconds(1e-3), 0.0});
  std::vector<Extremum> points = signal::turning_points(knee, rules.kick_prominence.value);
  if (!points.empty() && !points.front().is_maximum) points.erase(points.begin());
  const auto lower_kick = [&](std::size_t valley) {
    return points[valley - 1].value < points[valley + 1].value ? valley - 1 : valley + 1;
  };
  const auto sureness = [&](std::size_t valley) {
    const Extremum& kick = points[lower_kick(valley)];
    const double noise = std::hypot(deviation_at(signals, kick.time),
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

// The leg that the labels round a kick speak for; above 0 for the left.
double left_at(const BendSignals& signals, Seconds kick) {
  double sum = 0.0;
  for (const LegEvidence& e : signals.legs) {
    if (std::abs((e.time - kick).value()) > kRoundKick.value()) continue;
    sum += (e.label == pose::Side::left ? 1.0 : -1.0) * e.clarity * e.weight;
  }
  return sum;
}

// Whether the next leg rises while the first one is still on its way down: the labels change
// and the other leg comes up to the valley.
bool legs_cross(const BendSignals& signals, Seconds kick, const Extremum& valley,
                Seconds next) {
  if (!(left_at(signals, kick) * left_at(signals, next) < 0.0)) return false;
  double other = 0.0;
  for (const signal::WeightedSample& s : signals.other) {
    if (std::abs((s.time - valley.time).value()) > kRoundValley.value()) continue;
    if (s.weight >= kTells) other = std::max(other, s.value);
  }
  return other >= kCrossingShare * valley.value;
}

// Where the legs crossed, a leg is the raised one on one side of the valley and the other one
// on the other side.
void part_at_crossing(const BendSignals& signals, Seconds valley, Span& before, Span& after) {
  const std::vector<Sample> lowering =
      within(signals.other_smooth, valley, after.kicks.front().time);
  const std::vector<Sample> rising =
      within(signals.other_smooth, before.kicks.back().time, valley);
  before.knee = within(before.knee, before.knee.front().time, valley);
  before.knee.insert(before.knee.end(), lowering.begin(), lowering.end());
  after.knee = rising;
  const std::vector<Sample> rest = within(signals.knee, valley, after.to);
  after.knee.insert(after.knee.end(), rest.begin(), rest.end());
}

// Parts the bend where the foot came down between two deep bends, and where the legs changed.
std::vector<Span> parted(const BendSignals& signals, const RepetitionRules& rules) {
  std::vector<Span> spans;
  Extremum valley;
  for (const Extremum& p : sure_turning_points(signals, rules)) {
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
    Span& last = spans.back();
    const Seconds last_kick = last.kicks.back().time;
    const bool crossed = legs_cross(signals, last_kick, valley, p.time);
    // However small the kicks: a foot that has come half the way is not down.
    const double lower_kick = std::min(last.kicks.back().value, p.value);
    const bool down =
        valley.value < std::min(rules.counted_bend.value, kDownShare * lower_kick) &&
        p.time - last_kick > Seconds(rules.kick_interval_max.value);
    if (!down && !crossed) {
      last.kicks.push_back(p);
      continue;
    }
    last.to = valley.time;
    Span next{valley.time, end, {p}, within(signals.knee, valley.time, end)};
    if (crossed) {
      part_at_crossing(signals, valley.time, last, next);
    } else {
      last.knee = within(last.knee, last.knee.front().time, valley.time);
    }
    spans.push_back(std::move(next));
  }
  for (Span& s : spans) s.kicks = kicks_of(s.kicks, rules);
  return spans;
}

// Both feet swaying together is no repetition.
bool legs_together(const BendSignals& signals, const Span& span, const RepetitionRules& rules) {
  double together = 0.0;
  double all = 0.0;
  for (const signal::WeightedSample& other : signals.other) {
    if (other.time < span.from || other.time > span.to) continue;
    const double raised = value_at(signals.knee, other.time);
    if (raised < 0.5 * rules.counted_bend.value || other.weight < kTells) continue;
    all += 1.0;
    if (other.value > kTogetherBend * raised) together += 1.0;
  }
  return all > 0.0 && together > kTogetherTime * all;
}

// Somebody on the back or the side who draws a knee up: the thigh rises further than a hip
// extends, the foot stays down while the knee comes up, or the shank turns the other way.
bool knee_drawn_up(const BendSignals& signals, const Span& span) {
  const double half = 0.5 * span.kicks.front().value;
  std::vector<double> lifts;
  std::vector<double> lifts_by_ankle;
  std::vector<double> bends;
  for (std::size_t i = 0; i < signals.trusted.size(); ++i) {
    const Seconds time = signals.trusted[i].time;
    if (time < span.from || time > span.to || signals.trusted[i].value < half) continue;
    lifts.push_back(std::abs(signals.thigh[i].value));
    lifts_by_ankle.push_back(signals.thigh_from_ankle[i].value);
    bends.push_back(signals.as_seen[i].value);
  }
  return signal::median(lifts).value_or(0.0) > kMostHipExtension ||
         signal::median(lifts_by_ankle).value_or(0.0) < kFootStaysDownDeg ||
         signal::median(bends).value_or(0.0) < kMostKneeExtension;
}

Seconds foot_leaves_rest(const std::vector<Sample>& knee, const Extremum& first_kick) {
  Seconds start = knee.front().time;
  for (const Sample& s : knee) {
    if (s.time >= first_kick.time) break;
    if (s.value <= kEdgeDeg) start = s.time;
  }
  const Seconds earliest = std::max(Seconds(0.0), knee.front().time - kBeyondSeen);
  return std::max(earliest, std::min(start, rise_began(knee, first_kick).value_or(start)));
}

// Edges are told within a few tenths of a second: so much of an overlap is none.
Seconds start_after(Seconds last_end, Seconds start, const Extremum& first_kick) {
  if (last_end - start >= kEdgesTell || last_end >= first_kick.time) return start;
  return std::max(start, last_end);
}

struct Lowering {
  Seconds start;
  Seconds end;
  StoppedShort stopped_at_deg;
};

double mean_weight(const BendSignals& signals, Seconds from, Seconds to) {
  double sum = 0.0;
  double count = 0.0;
  for (const signal::WeightedSample& s : signals.trusted) {
    if (s.time < from || s.time > to) continue;
    sum += s.weight;
    count += 1.0;
  }
  return count > 0.0 ? sum / count : 0.0;
}

// Whether the raised leg keeps its label: where it does not, which leg is seen is unclear.
bool same_leg(const BendSignals& signals, Seconds from, Seconds to) {
  std::optional<pose::Side> label;
  for (const LegEvidence& e : signals.legs) {
    if (e.time < from || e.time > to || e.clarity < kTells) continue;
    if (label && *label != e.label) return false;
    label = e.label;
  }
  return true;
}

Lowering lowering_of(const BendSignals& signals, const std::vector<Sample>& knee,
                     const Extremum& last_kick, const RepetitionRules& rules) {
  Lowering out{last_kick.time, knee.back().time, std::nullopt};
  const Seconds half(0.5 * kStopWindowS);
  for (const Sample& s : knee) {
    if (s.time < last_kick.time) continue;
    if (s.value > last_kick.value - 0.5 * rules.kick_prominence.value) out.start = s.time;
    if (s.value <= kEdgeDeg) {
      out.end = s.time;
      break;
    }
    const bool lowered = s.value < kStopBelowShare * last_kick.value;
    if (!lowered || s.value < rules.start_near.value || s.time + half > knee.back().time)
      continue;
    const Seconds from = s.time - Seconds(kStopWindowS);
    const Seconds to = s.time + Seconds(kStopWindowS);
    if (mean_weight(signals, from, to) < kTells || !same_leg(signals, from, to)) continue;
    const std::vector<Sample> window = within(knee, s.time - half, s.time + half);
    if (std::abs(signal::slope(window)) >= kStopSpeed) continue;
    out.stopped_at_deg = s.value;
    out.end = s.time;
    return out;
  }
  const Seconds latest = knee.back().time + kBeyondSeen;
  out.end = std::min(latest, std::max(out.end, fall_ended(knee, last_kick).value_or(out.end)));
  return out;
}

// What the readings in space add to a flexion seen in the picture, by their variances. Readings
// of one kick err together: more frames do not make them surer.
double beyond_picture_deg(const BendSignals& signals, Seconds kick) {
  double sum = 0.0;
  double weights = 0.0;
  std::vector<double> deviations;
  for (const SpaceReading& reading : signals.in_space) {
    if (std::abs((reading.time - kick).value()) > kTopOfKick.value()) continue;
    const double weight = 1.0 / (reading.deviation_deg * reading.deviation_deg);
    sum += weight * reading.beyond_picture_deg;
    weights += weight;
    deviations.push_back(reading.deviation_deg);
  }
  const auto deviation = signal::median(deviations);
  if (!deviation) return 0.0;
  const double picture = kPictureDeviationDeg * kPictureDeviationDeg;
  return sum / weights * picture / (picture + *deviation * *deviation);
}

// Where the lift is part of the level, what is usual is not how wrong the guess is.
bool lift_is_wanted(const Definition& definition, const Level& level) {
  return std::ranges::any_of(definition.faults, [&](const Fault& fault) {
    return fault.signal == Signal::thigh_lift_lack && fault.judged_at(level.number);
  });
}

// The hip's height over the top of the kicks, with its sign.
double hip_at_top(const BendSignals& signals, const Repetition& rep) {
  std::vector<double> heights;
  for (const Sample& s : within(signals.hip_rise, rep.kicks.front().time, rep.lowering_start)) {
    heights.push_back(s.value);
  }
  return signal::median(heights).value_or(0.0);
}

double greatest(const std::vector<Sample>& samples, const Repetition& rep) {
  double most = 0.0;
  for (const Sample& s : within(samples, rep.start, rep.end)) most = std::max(most, s.value);
  return most;
}

std::optional<Repetition> judge_span(const Bend& bend, const BendSignals& signals,
                                     const Span& span, const Definition& definition,
                                     const Level& level, Personal& personal) {
  const RepetitionRules& rules = definition.repetition;
  const std::vector<Sample>& knee = span.knee;
  if (knee.size() < 4 || legs_together(signals, span, rules) || knee_drawn_up(signals, span)) {
    return std::nullopt;
  }
  const Extremum& first_kick = span.kicks.front();
  const Extremum& last_kick = span.kicks.back();
  const Lowering lowering = lowering_of(signals, knee, last_kick, rules);
  Repetition rep;
  rep.start = start_after(personal.last_end, foot_leaves_rest(knee, first_kick), first_kick);
  rep.lowering_start = lowering.start;
  rep.end = lowering.end;
  personal.last_end = rep.end;
  rep.lowering = rep.end - rep.lowering_start;
  const SideVerdict verdict = kicking_side(signals, std::max(rep.start, span.from),
                                           std::min(rep.end, span.to), personal.last_side);
  rep.side = verdict.side;
  rep.side_confidence = verdict.confidence;
  const Degrees rest = bend.rest.legs[pose::index(verdict.likelier)].knee_flexion;
  for (const Extremum& k : span.kicks) {
    const Degrees depth(k.value + beyond_picture_deg(signals, k.time));
    rep.kicks.push_back({k.time, rest + depth});
    rep.greatest_bend = std::max(rep.greatest_bend, depth);
  }
  const auto at_70 = signal::falls_through(knee, 70.0, last_kick.time);
  const auto at_20 = signal::falls_through(knee, 20.0, last_kick.time);
  if (at_70 && at_20 && *at_20 > *at_70) rep.transit_70_20 = *at_20 - *at_70;
  rep.hip_rise_thigh_lengths = greatest(signals.hip_rise, rep);
  rep.hip_at_top_thigh_lengths = hip_at_top(signals, rep);
  rep.elbow_forward = bend.rest.elbow_forward;
  const pose::Side near = kinematics::near_side(bend.frames.front().head_direction);
  rep.thigh_lift =
      thigh_lift_of(signals, rep, {verdict.likelier != near, lift_is_wanted(definition, level)},
                    personal.thigh_lifts[pose::index(verdict.likelier)]);
  if (rep.side != KickingSide::unsure) personal.last_side = verdict.likelier;
  const bool cut_off = bend.end == BendEnd::lost && knee.back().value > rules.rest_below.value;
  rep.judged = bend.noise.knee_deg <= rules.noise_max.value &&
               bend.view.off().value() <= kMostOffDeg && !cut_off;
  if (rep.judged) {
    rep.measures = measure(signals, knee, bend.rest, rep);
    rep.faults = find_faults(signals, rep, lowering.stopped_at_deg, definition, level);
  }
  const bool small =
      std::any_of(rep.faults.begin(), rep.faults.end(), [&](const FaultFinding& f) {
        const Fault* fault = definition.fault(f.id);
        return fault != nullptr && fault->signal == Signal::peak_knee;
      });
  rep.status = small || cut_off     ? RepetitionStatus::partial
               : !rep.judged        ? RepetitionStatus::unjudged
               : rep.faults.empty() ? RepetitionStatus::clean
                                    : RepetitionStatus::faulty;
  rep.confidence = 0.5 + 0.5 * mean_weight(signals, rep.start, rep.end);
  return rep;
}

}  // namespace

std::vector<Repetition> judge(const Bend& bend, const Definition& definition,
                              const Level& level, Personal& personal) {
  std::vector<Repetition> out;
  const BendSignals signals = measure_bend(bend);
  if (signals.knee.empty()) return out;
  for (const Span& span : parted(signals, definition.repetition)) {
    auto rep = judge_span(bend, signals, span, definition, level, personal);
    if (rep) out.push_back(std::move(*rep));
  }
  return out;
}

}  // namespace matside::exercise
