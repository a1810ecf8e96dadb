#include "core/cycle/cycle_finder.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "core/exercise/movement_onset.h"

namespace matside::cycle {
namespace {

using base::Seconds;
using exercise::Channel;
using exercise::CycleRules;
using exercise::CycleSides;
using exercise::KickingSide;
using exercise::LegChoice;
using signal::Extremum;
using signal::Sample;

// Between two peaks the movement came back if it fell below this share of the lower one.
constexpr double kBackShare = 0.35;
// A lesser peak belongs to a repetition above this share of its greatest one.
constexpr double kPeakShare = 0.5;
// Legs move together where the other's way is more than this share of the raised one's.
constexpr double kTogetherShare = 0.5;
// What falls by less than this share of the top between two peaks is one peak that wobbles: a
// held one wobbles most.
constexpr double kWobbleShare = 0.12;
constexpr double kHeldWobbleShare = 0.3;
// A side is sure from this share of its frames' labels, weighted by how clearly one leg is up.
constexpr double kSureShare = 0.75;
// What another exercise does counts this long before a repetition: its parts follow each other.
constexpr Seconds kExclusionBefore(1.0);
// The neck and other parts may move this long before the channel that counts.
constexpr Seconds kOnsetBefore(1.0);
constexpr double kQuarter = 0.25;
// A knee that is straight may read this far beyond straight while its thigh is lifted.
constexpr double kBackwards_deg = 25.0;
// The lowering has begun this share of the way below the last peak.
constexpr double kLoweringShare = 0.1;
// A peak stands out by at least this many standard deviations of a frame's noise.
constexpr double kProminenceDeviations = 1.5;

/// The maxima of one repetition.
struct Group {
  std::vector<Extremum> peaks;
  double top = 0.0;
  Seconds last;  ///< of the last peak, or of a wobble after it
};

std::vector<Group> groups_of(std::span<const Extremum> turns, const CycleRules& rules,
                             int wanted) {
  const double wobble = wanted == 1 ? kHeldWobbleShare : kWobbleShare;
  std::vector<Group> groups;
  constexpr double kNoValley = std::numeric_limits<double>::infinity();
  double valley = kNoValley;  // since the last peak
  for (const Extremum& turn : turns) {
    if (!turn.is_maximum) {
      valley = std::min(valley, turn.value);
      continue;
    }
    if (turn.value < rules.rest_below.value) continue;
    const bool came_back =
        groups.empty() ||
        valley < kBackShare * std::min(groups.back().peaks.back().value, turn.value);
    if (came_back) groups.emplace_back();
    Group& group = groups.back();
    group.top = std::max(group.top, turn.value);
    // Who holds a height wobbles in proportion to it.
    if (!group.peaks.empty() &&
        std::min(group.peaks.back().value, turn.value) - valley < wobble * group.top) {
      if (turn.value > group.peaks.back().value) group.peaks.back().value = turn.value;
      group.last = turn.time;
    } else {
      group.peaks.push_back(turn);
      group.last = turn.time;
    }
    valley = kNoValley;
  }
  for (Group& group : groups) {
    std::erase_if(group.peaks,
                  [&](const Extremum& e) { return e.value < kPeakShare * group.top; });
  }
  std::erase_if(groups,
                [&](const Group& group) { return group.top < rules.counted_from.value; });
  return groups;
}

/// The last time before `before` at which the curve is below `level`.
std::optional<Seconds> last_below(std::span<const Sample> curve, double level, Seconds before) {
  const auto end = std::ranges::lower_bound(curve, before, {}, &Sample::time);
  for (auto at = end; at != curve.begin();) {
    --at;
    if (at->value <= level) return at->time;
  }
  return std::nullopt;
}

std::optional<Seconds> first_below(std::span<const Sample> curve, double level, Seconds after) {
  return signal::falling_crossing(curve, level, after);
}

/// The median; 0 for nothing.
double middle(std::span<const Sample> part) {
  std::vector<double> values;
  for (const Sample& s : part) values.push_back(s.value);
  return signal::median(values).value_or(0.0);
}

class Finder {
 public:
  Finder(const exercise::MovementSegment& segment, const exercise::Definition& definition,
         int wanted, SegmentCurves& curves, OtherMovement& other)
      : segment_(segment),
        definition_(definition),
        rules_(*definition.cycle),
        wanted_(wanted),
        curves_(curves),
        other_(other) {}

  std::vector<FoundCycle> run() {
    const std::vector<Sample>& curve = curves_.cycle();
    if (curve.size() < 3) return {};
    const std::vector<Extremum> turns = signal::turning_points(curve, prominence());
    const std::vector<Group> groups = groups_of(turns, rules_, wanted_);
    std::vector<FoundCycle> found;
    Seconds free_from = curve.front().time;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const bool is_last = i + 1 == groups.size();
      const Seconds free_to = is_last ? curve.back().time
                                      : lowest_between(groups[i].peaks.back().time,
                                                       groups[i + 1].peaks.front().time);
      FoundCycle cycle = time(groups[i], free_from, free_to);
      if (accept(cycle, groups[i])) {
        free_from = cycle.end;
        found.push_back(std::move(cycle));
      } else {
        free_from = free_to;
      }
    }
    return found;
  }

 private:
  [[nodiscard]] double prominence() const {
    return std::max(rules_.peak_prominence.value, kProminenceDeviations * curves_.noise());
  }

  [[nodiscard]] Seconds lowest_between(Seconds from, Seconds to) {
    const auto part = between(curves_.cycle(), from, to);
    return std::ranges::min_element(part, {}, &Sample::value)->time;
  }

  FoundCycle time(const Group& group, Seconds free_from, Seconds free_to) {
    const std::vector<Sample>& curve = curves_.cycle();
    const Extremum& first = group.peaks.front();
    const Extremum last{std::max(group.last, group.peaks.back().time), group.peaks.back().value,
                        true};
    FoundCycle out;
    for (const Extremum& peak : group.peaks)
      out.peaks.push_back({peak.time, peak.value, exercise::unit_of(rules_.channel), {}});
    const auto onset = exercise::movement_onset(curve, first);
    const auto low_before = last_below(curve, rules_.rest_below.value, first.time);
    out.start =
        std::clamp(onset.value_or(low_before.value_or(free_from)), free_from, first.time);
    out.quarter = last_below(curve, kQuarter * first.value, first.time).value_or(out.start);
    const double sunk =
        std::max(rules_.peak_prominence.value * 0.5, kLoweringShare * last.value);
    out.lowering_start =
        std::min(free_to, first_below(curve, last.value - sunk, last.time).value_or(free_to));
    const auto offset = exercise::movement_offset(curve, last);
    const auto low_after = first_below(curve, rules_.rest_below.value, last.time);
    out.complete = first_below(curve, kPeakShare * last.value, last.time).has_value();
    out.lowering_end =
        std::clamp(offset.value_or(low_after.value_or(free_to)), out.lowering_start, free_to);
    out.end = extended(out, free_to);
    return out;
  }

  /// The end, where other channels make the repetition last longer.
  Seconds extended(const FoundCycle& cycle, Seconds free_to) {
    Seconds end = cycle.lowering_end;
    for (const exercise::CycleExtension& extension : rules_.lasts_while) {
      const std::vector<Sample>& curve = curves_.curve(extension.channel, LegChoice::either);
      const auto part = between(curve, cycle.lowering_start, free_to);
      const auto highest = std::ranges::max_element(part, {}, &Sample::value);
      if (part.empty() || highest->value <= extension.above.value) continue;
      const Extremum top{highest->time, highest->value, true};
      const auto offset = exercise::movement_offset(curve, top);
      const auto low = first_below(curve, extension.above.value, top.time);
      end = std::max(end, std::min(free_to, offset.value_or(low.value_or(free_to))));
    }
    return end;
  }

  bool accept(FoundCycle& cycle, const Group& group) {
    if ((cycle.end - cycle.start).value() < rules_.duration_min.value) return false;
    if (!cycle.complete && segment_.end == exercise::SegmentEnd::rest) return false;
    if (excluded(cycle) || !is_prone(cycle) || !legs_fit(cycle, group)) return false;
    check_frames(cycle);
    return true;
  }

  // Knees that seem to bend the other way are those of somebody on the back.
  bool is_prone(const FoundCycle& cycle) {
    for (const pose::Side side : pose::kSides) {
      const auto part =
          between(curves_.leg(Channel::knee_flexion, side), cycle.start, cycle.lowering_end);
      if (middle(part) < -kBackwards_deg) return false;
    }
    return true;
  }

  bool excluded(const FoundCycle& cycle) {
    return std::ranges::any_of(rules_.not_while, [&](const exercise::CycleExclusion& e) {
      const auto part = between(curves_.curve(e.channel, LegChoice::either),
                                cycle.start - kExclusionBefore, cycle.end);
      return greatest(part).value_or(0.0) > e.above.value;
    });
  }

  /// Whether the legs that should move did; says which one it was.
  bool legs_fit(FoundCycle& cycle, const Group& group) {
    if (rules_.sides == CycleSides::none) {
      cycle.side = KickingSide::both;
      cycle.side_confidence = 1.0;
      return true;
    }
    if (rules_.sides == CycleSides::both) return both_fit(cycle, group);
    const auto other = between(curves_.curve(rules_.channel, LegChoice::other),
                               group.peaks.front().time, cycle.lowering_start);
    if (middle(other) > kTogetherShare * group.top) {
      ++other_.together;
      return false;
    }
    name_side(cycle, group);
    return true;
  }

  bool both_fit(FoundCycle& cycle, const Group& group) {
    cycle.side = KickingSide::both;
    cycle.side_confidence = 1.0;
    for (const pose::Side side : pose::kSides) {
      const auto part = between(curves_.leg(rules_.channel, side), group.peaks.front().time,
                                cycle.lowering_start);
      if (part.empty()) continue;  // the far leg may be hidden
      if (middle(part) < kTogetherShare * group.top) return false;
    }
    for (const pose::Side side : pose::kSides) add_peaks_of(side, cycle, group.top);
    std::ranges::stable_sort(cycle.of_legs, {}, &exercise::Peak::time);
    return true;
  }

  void add_peaks_of(pose::Side side, FoundCycle& cycle, double top) {
    const auto turns = signal::turning_points(curves_.leg(rules_.channel, side), prominence());
    for (const Extremum& turn : turns) {
      if (!turn.is_maximum || turn.value < kPeakShare * top) continue;
      if (turn.time < cycle.start || turn.time > cycle.lowering_end) continue;
      cycle.of_legs.push_back({turn.time, turn.value, exercise::unit_of(rules_.channel), side});
    }
  }

  // By the labels of the frames in which one leg is clearly up.
  void name_side(FoundCycle& cycle, const Group& group) const {
    double left = 0.0;
    double all = 0.0;
    for (const FrameReadings& frame : curves_.frames()) {
      if (frame.time < cycle.start || frame.time > cycle.lowering_end) continue;
      const ChannelReading& reading = frame.of(rules_.channel);
      if (!reading[0] || !reading[1]) continue;
      const double apart = (*reading[0] - *reading[1]) / group.top;
      const double weight = std::clamp(std::abs(apart), 0.0, 1.0);
      left += apart > 0.0 ? weight : 0.0;
      all += weight;
    }
    if (!(all > 0.0)) return;
    const double share = left / all;
    cycle.side_confidence = std::max(share, 1.0 - share);
    if (cycle.side_confidence < kSureShare) return;
    cycle.side = share > 0.5 ? KickingSide::left : KickingSide::right;
  }

  void check_frames(FoundCycle& cycle) const {
    std::size_t frames = 0;
    std::size_t read = 0;
    Seconds before = cycle.start;
    double gap_s = 0.0;
    for (const FrameReadings& frame : curves_.frames()) {
      if (frame.time < cycle.start || frame.time > cycle.end) continue;
      ++frames;
      const ChannelReading& reading = frame.of(rules_.channel);
      if (!reading[0] && !reading[1]) continue;
      ++read;
      gap_s = std::max(gap_s, (frame.time - before).value());
      before = frame.time;
    }
    gap_s = std::max(gap_s, (cycle.end - before).value());
    const double length_s = (cycle.end - cycle.start).value();
    const exercise::RepetitionRules& rules = definition_.repetition;
    cycle.frames_missing =
        gap_s > rules.scored_gap_max.value ||
        static_cast<double>(read) + 1.0 < rules.scored_rate_min.value * length_s;
    cycle.confidence =
        frames > 0 ? static_cast<double>(read) / static_cast<double>(frames) : 0.0;
  }

  const exercise::MovementSegment& segment_;
  const exercise::Definition& definition_;
  const CycleRules& rules_;
  int wanted_;
  SegmentCurves& curves_;
  OtherMovement& other_;
};

}  // namespace

PhaseSpan FoundCycle::span(exercise::Phase phase) const {
  using exercise::Phase;
  switch (phase) {
    case Phase::onset:
      return {start - kOnsetBefore, quarter};
    case Phase::rise:
      return {start, peaks.front().time};
    case Phase::top:
      return {peaks.front().time, lowering_start};
    case Phase::lowering:
      return {lowering_start, lowering_end};
    case Phase::after:
      return {lowering_end, end};
    case Phase::whole:
      break;
  }
  return {start, end};
}

std::vector<FoundCycle> find_cycles(const exercise::MovementSegment& segment,
                                    const exercise::Definition& definition, int wanted,
                                    SegmentCurves& curves, OtherMovement& other) {
  return Finder(segment, definition, wanted, curves, other).run();
}

}  // namespace matside::cycle
