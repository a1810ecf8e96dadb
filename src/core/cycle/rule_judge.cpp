#include "core/cycle/rule_judge.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

namespace matside::cycle {
namespace {

using base::Seconds;
using exercise::Channel;
using exercise::CycleReading;
using exercise::CycleRule;
using exercise::DetectedFault;
using exercise::Repetition;
using exercise::RepetitionStatus;
using exercise::Statistic;
using signal::Sample;

// A fall is timed between these shares of its way, where a curve crosses them clearly.
constexpr double kFallFrom = 0.8;
constexpr double kFallTo = 0.2;
// Legs further apart than this don't move together.
constexpr Seconds kLagMax(1.0);
// What is read over a phase needs readings at least this close together.
constexpr Seconds kGapMax(0.35);
// The value at a peak is the mean this far before and after it: a sixth of the quickest pulses.
constexpr Seconds kPeakWindow(0.08);

/// Whether the curve has no long gap in the span.
bool is_seen(std::span<const Sample> part, const PhaseSpan& span) {
  if (part.empty()) return false;
  Seconds before = span.from;
  for (const Sample& s : part) {
    if (s.time - before > kGapMax) return false;
    before = s.time;
  }
  return span.to - before <= kGapMax;
}

/// The greatest value that the curve keeps for `hold`.
double greatest_held(std::span<const Sample> part, Seconds hold) {
  double best = -1e9;
  std::size_t end = 0;
  for (std::size_t from = 0; from < part.size(); ++from) {
    double lowest = part[from].value;
    for (end = from; end < part.size(); ++end) {
      lowest = std::min(lowest, part[end].value);
      if (part[end].time - part[from].time >= hold) {
        best = std::max(best, lowest);
        break;
      }
    }
  }
  return best;
}

std::optional<double> mean_at_peaks(std::span<const Sample> curve, const FoundCycle& cycle) {
  double sum = 0.0;
  std::size_t count = 0;
  for (const exercise::Peak& peak : cycle.peaks) {
    for (const Sample& s : between(curve, peak.time - kPeakWindow, peak.time + kPeakWindow)) {
      sum += s.value;
      ++count;
    }
  }
  if (count == 0) return std::nullopt;
  return sum / static_cast<double>(count);
}

double time_above(std::span<const Sample> part, double level) {
  double sum_s = 0.0;
  for (std::size_t i = 1; i < part.size(); ++i) {
    const Sample& a = part[i - 1];
    const Sample& b = part[i];
    const double step_s = (b.time - a.time).value();
    if (a.value >= level && b.value >= level) {
      sum_s += step_s;
    } else if ((a.value >= level) != (b.value >= level)) {
      const double high = std::max(a.value, b.value);
      sum_s += step_s * (high - level) / std::abs(a.value - b.value);
    }
  }
  return sum_s;
}

/// The time of the last crossing of `level` from above, before `until`.
std::optional<Seconds> last_fall(std::span<const Sample> part, double level, Seconds until) {
  for (std::size_t i = part.size(); i-- > 1;) {
    const Sample& a = part[i - 1];
    const Sample& b = part[i];
    if (b.time > until || a.value < level || b.value >= level) continue;
    return a.time + (b.time - a.time) * ((a.value - level) / (a.value - b.value));
  }
  return std::nullopt;
}

std::optional<double> fall_time(std::span<const Sample> part) {
  const auto top = std::ranges::max_element(part, {}, &Sample::value);
  if (top == part.end() || !(top->value > 0.0)) return std::nullopt;
  const auto low = signal::falling_crossing(part, kFallTo * top->value, top->time);
  if (!low) return std::nullopt;
  const auto high = last_fall(part, kFallFrom * top->value, *low);
  if (!high) return std::nullopt;
  return (*low - *high).value();
}

std::optional<Seconds> half_way_up(std::span<const Sample> part) {
  const auto top = std::ranges::max_element(part, {}, &Sample::value);
  if (top == part.end()) return std::nullopt;
  for (auto at = part.begin(); at != top; ++at) {
    const Sample& next = *(at + 1);
    if (at->value < 0.5 * top->value && next.value >= 0.5 * top->value) {
      const double share = (0.5 * top->value - at->value) / (next.value - at->value);
      return at->time + (next.time - at->time) * share;
    }
  }
  return std::nullopt;
}

std::optional<double> legs_lag(Channel channel, const FoundCycle& cycle,
                               SegmentCurves& curves) {
  std::array<std::optional<Seconds>, 2> at;
  for (const pose::Side side : pose::kSides) {
    // The start is of the leg that counts: the other one may be ahead of it.
    const auto part =
        between(curves.leg(channel, side), cycle.start - kLagMax, cycle.lowering_end);
    at[pose::index(side)] = half_way_up(part);
  }
  if (!at[0] || !at[1]) return std::nullopt;
  return std::abs((*at[0] - *at[1]).value());
}

std::optional<double> read_curve(const CycleReading& reading, Seconds hold,
                                 const FoundCycle& cycle, SegmentCurves& curves) {
  const PhaseSpan span = cycle.span(reading.phase);
  if (span.to < span.from) return std::nullopt;
  const std::vector<Sample>& curve = curves.curve(reading.channel, reading.leg);
  if (curve.empty()) return std::nullopt;
  const PhaseSpan inside{std::max(span.from, curve.front().time), span.to};
  const auto part = between(curve, inside.from, inside.to);
  if (!is_seen(part, inside)) return std::nullopt;
  switch (reading.statistic) {
    case Statistic::greatest:
      return greatest_held(part, hold);
    case Statistic::least: {
      std::vector<Sample> turned(part.begin(), part.end());
      for (Sample& s : turned) s.value = -s.value;
      return -greatest_held(turned, hold);
    }
    case Statistic::at_peaks:
      return mean_at_peaks(curve, cycle);
    case Statistic::time_up:
      return time_above(part, reading.share * greatest(part).value_or(0.0));
    case Statistic::fall_time:
      return fall_time(part);
    case Statistic::peaks:
    case Statistic::legs_lag:
      break;
  }
  return std::nullopt;
}

std::optional<double> read_held(const CycleReading& reading, Seconds hold,
                                const FoundCycle& cycle, int wanted, SegmentCurves& curves) {
  if (reading.statistic == Statistic::peaks)
    return static_cast<double>(cycle.peaks.size()) - wanted;
  if (reading.statistic == Statistic::legs_lag) return legs_lag(reading.channel, cycle, curves);
  const auto value = read_curve(reading, hold, cycle, curves);
  // Nothing was held for so long.
  if (value && std::abs(*value) > 1e8) return std::nullopt;
  return value;
}

bool judged_at(const CycleRule& rule, int level) {
  return std::ranges::find(rule.levels, level) != rule.levels.end();
}

void judge_rules(const FoundCycle& cycle, const exercise::Definition& definition,
                 const exercise::Level& level, SegmentCurves& curves, Repetition& rep) {
  std::vector<std::pair<int, DetectedFault>> found;
  for (const CycleRule& rule : definition.cycle->rules) {
    if (!judged_at(rule, level.number)) continue;
    const bool hidden = std::ranges::any_of(found, [&](const auto& each) {
      return std::ranges::count(rule.unless, each.second.id) > 0;
    });
    if (hidden) {
      rep.unread.push_back(rule.id);
      continue;
    }
    const Seconds hold(rule.duration ? rule.duration->value : 0.0);
    const auto value = read_held(rule.reading, hold, cycle, level.kicks, curves);
    if (!value) {
      rep.unread.push_back(rule.id);
      continue;
    }
    const double border = rule.threshold.value;
    if (rule.above ? *value <= border : *value >= border) continue;
    const exercise::FaultText* words = definition.words_for(rule.id);
    found.push_back({rule.priority,
                     {rule.id, *value, border, rule.threshold.unit,
                      words != nullptr ? words->cue : std::string()}});
  }
  std::ranges::stable_sort(found, {}, &std::pair<int, DetectedFault>::first);
  for (auto& [priority, fault] : found) rep.faults.push_back(std::move(fault));
}

}  // namespace

std::optional<double> read(const CycleReading& reading, const FoundCycle& cycle, int wanted,
                           SegmentCurves& curves) {
  return read_held(reading, Seconds(0.0), cycle, wanted, curves);
}

Repetition judge(const FoundCycle& cycle, const exercise::Definition& definition,
                 const exercise::Level& level, SegmentCurves& curves) {
  Repetition rep;
  rep.side = cycle.side;
  rep.side_confidence = cycle.side_confidence;
  rep.start = cycle.start;
  rep.end = cycle.end;
  rep.lowering_start = cycle.lowering_start;
  rep.lowering = cycle.lowering_end - cycle.lowering_start;
  rep.peaks = cycle.of_legs.empty() ? cycle.peaks : cycle.of_legs;
  rep.frames_missing = cycle.frames_missing;
  rep.confidence = 0.5 + 0.5 * cycle.confidence;
  rep.scored = cycle.complete && !cycle.frames_missing;
  if (!rep.scored) {
    rep.status = cycle.complete ? RepetitionStatus::unjudged : RepetitionStatus::partial;
    return rep;
  }
  judge_rules(cycle, definition, level, curves, rep);
  for (const exercise::CycleMeasure& measure : definition.cycle->measures) {
    if (const auto value = read(measure.reading, cycle, level.kicks, curves))
      rep.readings.push_back(
          {measure.id, *value, std::string(exercise::unit_of(measure.reading))});
  }
  rep.status = rep.faults.empty() ? RepetitionStatus::clean : RepetitionStatus::faulty;
  return rep;
}

}  // namespace matside::cycle
