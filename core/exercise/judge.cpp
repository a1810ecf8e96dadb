#include "core/exercise/judge.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/kinematics/leg_identity.h"
#include "core/kinematics/leg_reading.h"
#include "core/signal/smoother.h"

namespace matside::exercise {
namespace {

using base::Degrees;
using base::Seconds;
using kinematics::BodyFrame;
using signal::Extremum;
using signal::Sample;
using signal::WeightedSample;

// Human movement of this kind has no content above 6 Hz (movement.md 6).
constexpr double kCutoffHz = 6.0;
// A foot nearer to rest than this is taken as resting when a repetition's edges are timed.
constexpr double kEdgeDeg = 5.0;
// A lowering foot that hardly moves for this long has stopped.
constexpr double kStopWindowS = 0.3;
// The two legs' share of the bending: below the first nobody can say which leg it was.
constexpr double kSureShare = 0.25;
constexpr double kTogetherShare = 0.5;

struct Span {
  Seconds from;
  Seconds to;
  std::vector<Extremum> kicks;
};

std::vector<Sample> within(const std::vector<Sample>& samples, Seconds from, Seconds to) {
  std::vector<Sample> out;
  for (const Sample& s : samples) {
    if (s.time >= from && s.time <= to) out.push_back(s);
  }
  return out;
}

double value_at(const std::vector<Sample>& samples, Seconds time) {
  if (samples.empty()) return 0.0;
  const auto after = std::find_if(samples.begin(), samples.end(),
                                  [&](const Sample& s) { return s.time >= time; });
  return after == samples.end() ? samples.back().value : after->value;
}

double prominence_deg(const BendSignals& signals, const RepetitionRules& rules) {
  const double noise = std::max(signals.knee_noise_deg[0], signals.knee_noise_deg[1]);
  // Smoothing leaves about half of a frame's noise.
  return std::max(rules.kick_prominence.value, 0.5 * rules.kick_prominence_noise.value * noise);
}

// Which leg bends more between two times: +1 all left, -1 all right.
double left_share(const BendSignals& signals, Seconds from, Seconds to) {
  const auto sum = [&](std::size_t side) {
    double total = 0.0;
    for (const Sample& s : within(signals.knee_deg[side], from, to)) {
      total += std::max(0.0, s.value);
    }
    return total;
  };
  const double left = sum(0);
  const double right = sum(1);
  return left + right > 0.0 ? (left - right) / (left + right) : 0.0;
}

std::vector<Extremum> kicks_of(std::vector<Extremum> maxima, const RepetitionRules& rules) {
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

// Parts the bend where a leg came back, or the legs changed, between two deep bends.
std::vector<Span> parted(const BendSignals& signals, const RepetitionRules& rules) {
  const std::vector<Sample>& knee = signals.leading_knee_deg;
  std::vector<Sample> padded = knee;
  // The ends count as turning points: what comes before and after is rest or unseen.
  if (!padded.empty()) padded.push_back({knee.back().time + Seconds(1e-3), 0.0});
  const auto points = signal::turning_points(padded, prominence_deg(signals, rules));
  std::vector<Span> spans;
  Extremum valley;
  for (const Extremum& p : points) {
    if (!p.is_maximum) {
      valley = p;
      continue;
    }
    if (p.value < rules.counted_bend.value) continue;
    bool apart = spans.empty();
    if (!apart) {
      const Extremum& last = spans.back().kicks.back();
      const bool late = p.time - last.time > Seconds(rules.kick_interval_max.value);
      const double before =
          left_share(signals, last.time - Seconds(0.2), last.time + Seconds(0.2));
      const double now = left_share(signals, p.time - Seconds(0.2), p.time + Seconds(0.2));
      const bool other_leg = std::abs(before - now) > 1.0;
      apart = (late || other_leg) && valley.value < rules.counted_bend.value;
    }
    if (apart) {
      const Seconds from = spans.empty() ? knee.front().time : valley.time;
      if (!spans.empty()) spans.back().to = valley.time;
      spans.push_back({from, knee.back().time, {p}});
    } else {
      spans.back().kicks.push_back(p);
    }
  }
  for (Span& s : spans) s.kicks = kicks_of(std::move(s.kicks), rules);
  return spans;
}

Seconds foot_leaves_rest(const std::vector<Sample>& knee, Seconds first_kick) {
  Seconds start = knee.front().time;
  for (const Sample& s : knee) {
    if (s.time >= first_kick) break;
    if (s.value <= kEdgeDeg) start = s.time;
  }
  return start;
}

struct Lowering {
  Seconds start;
  Seconds end;
  std::optional<double> stopped_at_deg;
};

Lowering lowering_of(const std::vector<Sample>& knee, const Extremum& last_kick,
                     const RepetitionRules& rules) {
  Lowering out{last_kick.time, knee.back().time, std::nullopt};
  const Seconds half_window(0.5 * kStopWindowS);
  for (const Sample& s : knee) {
    if (s.time < last_kick.time) continue;
    if (s.value > last_kick.value - 0.5 * rules.kick_prominence.value) out.start = s.time;
    if (s.value <= kEdgeDeg) {
      out.end = s.time;
      return out;
    }
    const bool lowered = s.value < last_kick.value - rules.start_near.value;
    const bool stops_short = s.value >= rules.start_near.value;
    if (!lowered || !stops_short || s.time + half_window > knee.back().time) continue;
    const std::vector<Sample> window = within(knee, s.time - half_window, s.time + half_window);
    if (std::abs(signal::slope(window)) >= rules.start_speed.value) continue;
    out.stopped_at_deg = s.value;
    out.end = s.time;
    return out;
  }
  return out;
}

std::optional<Repetition> judge_span(const Bend& bend, const BendSignals& signals,
                                     const Span& span, const Definition& definition,
                                     const Level& level) {
  const RepetitionRules& rules = definition.repetition;
  Repetition rep;
  const Seconds last_kick = span.kicks.back().time;
  const double share = left_share(signals, span.from, last_kick);
  // Both feet swaying together is no repetition.
  const std::size_t side = share >= 0.0 ? 0 : 1;
  const double other_peak = [&] {
    double peak = 0.0;
    for (const Sample& s : within(signals.knee_deg[1 - side], span.from, last_kick)) {
      peak = std::max(peak, s.value);
    }
    return peak;
  }();
  if (std::abs(share) < kSureShare && other_peak > rules.counted_bend.value * kTogetherShare) {
    return std::nullopt;
  }
  rep.side = side == 0 ? KickingSide::left : KickingSide::right;
  rep.side_confidence = 0.5 + 0.5 * std::abs(share);
  const std::vector<Sample> knee = within(signals.knee_deg[side], span.from, span.to);
  if (knee.size() < 4) return std::nullopt;
  const double rest_deg = bend.rest.legs[side].knee_flexion.value();
  for (const Extremum& k : span.kicks) {
    rep.kicks.push_back({k.time, Degrees(rest_deg + value_at(knee, k.time))});
  }
  const Lowering lowering = lowering_of(knee, span.kicks.back(), rules);
  rep.start = foot_leaves_rest(knee, span.kicks.front().time);
  rep.lowering_start = lowering.start;
  rep.end = lowering.end;
  rep.lowering = rep.end - rep.lowering_start;
  const auto at_70 = signal::falls_through(knee, 70.0, last_kick);
  const auto at_20 = signal::falls_through(knee, 20.0, last_kick);
  if (at_70 && at_20 && *at_20 > *at_70) rep.transit_70_20 = *at_20 - *at_70;
  const auto greatest = [&](const std::vector<Sample>& samples) {
    double most = 0.0;
    for (const Sample& s : within(samples, rep.start, rep.end)) most = std::max(most, s.value);
    return most;
  };
  rep.hip_rise_thigh_lengths = greatest(signals.hip_rise);
  rep.thigh_lift = Degrees(greatest(signals.thigh_deg[side]));
  rep.faults = find_faults(signals, pose::kSides[side], rep, definition, level);
  if (lowering.stopped_at_deg) {
    if (const Fault* fault = definition.fault("incomplete_lower")) {
      const Words* words = definition.words_for(fault->id);
      rep.faults.push_back({fault->id, *lowering.stopped_at_deg, fault->on.value,
                            fault->on.unit, words != nullptr ? words->cue : ""});
    }
  }
  rep.status = rep.faults.empty() ? RepetitionStatus::clean : RepetitionStatus::faulty;
  rep.confidence = 0.9;
  return rep;
}

}  // namespace

BendSignals measure_bend(const Bend& bend) {
  std::array<std::vector<WeightedSample>, 2> knee;
  std::array<std::vector<WeightedSample>, 2> thigh;
  std::vector<WeightedSample> hip;
  std::vector<WeightedSample> chest;
  std::vector<WeightedSample> neck;
  const kinematics::RestPose& rest = bend.rest;
  kinematics::LegIdentity identity;
  for (const BodyFrame& b : bend.frames) {
    const auto legs = identity.follow(b.time, kinematics::read_legs(b, rest));
    for (std::size_t side = 0; side < 2; ++side) {
      if (!legs[side]) continue;
      knee[side].push_back({b.time, legs[side]->knee_flexion.value(), legs[side]->knee_weight});
      thigh[side].push_back({b.time, legs[side]->thigh_lift.value(), legs[side]->thigh_weight});
    }
    hip.push_back(
        {b.time, kinematics::rise_px(b.hip, rest.hip) / std::max(1.0, rest.thigh_px)});
    chest.push_back({b.time, (chest_incline(rest, b) - rest.trunk_incline).value()});
    neck.push_back({b.time, (neck_angle(rest, b) - rest.neck).value()});
  }
  BendSignals out;
  for (std::size_t side = 0; side < 2; ++side) {
    out.knee_noise_deg[side] = signal::sampling_noise(knee[side]);
    out.knee_deg[side] = signal::smooth_zero_lag(knee[side], kCutoffHz);
    out.thigh_deg[side] = signal::smooth_zero_lag(thigh[side], kCutoffHz);
  }
  out.hip_rise = signal::smooth_zero_lag(hip, kCutoffHz);
  out.chest_deg = signal::smooth_zero_lag(chest, kCutoffHz);
  out.neck_deg = signal::smooth_zero_lag(neck, kCutoffHz);
  for (const BodyFrame& b : bend.frames) {
    double most = 0.0;
    for (std::size_t side = 0; side < 2; ++side) {
      most = std::max(most, value_at(out.knee_deg[side], b.time));
    }
    out.leading_knee_deg.push_back({b.time, most});
  }
  return out;
}

std::vector<Repetition> judge(const Bend& bend, const Definition& definition,
                              const Level& level) {
  std::vector<Repetition> out;
  if (bend.frames.empty()) return out;
  const BendSignals signals = measure_bend(bend);
  if (signals.leading_knee_deg.empty()) return out;
  for (const Span& span : parted(signals, definition.repetition)) {
    if (auto rep = judge_span(bend, signals, span, definition, level)) out.push_back(*rep);
  }
  return out;
}

}  // namespace matside::exercise
