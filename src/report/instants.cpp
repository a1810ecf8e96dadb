#include "report/instants.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace matside::report {
namespace {

using base::Seconds;
using exercise::KickingSide;
using exercise::Repetition;

// A foot has not moved so long before it leaves rest.
constexpr Seconds kBeforeStart(0.3);
constexpr double kHalfwayDownDeg = 45.0;
// A frame shows an instant this near to it.
constexpr Seconds kNear(0.2);
// More kicks than anybody should do are not all shown.
constexpr std::size_t kMostKicks = 4;

double distance_s(const pose::PoseFrame& frame, Seconds time) {
  return std::abs((frame.time - time).value());
}

/// The frame with a pose that is nearest to `time`.
std::optional<std::size_t> frame_near(std::span<const pose::PoseFrame> frames, Seconds time) {
  const auto from = std::ranges::lower_bound(frames, time - kNear, {}, &pose::PoseFrame::time);
  std::optional<std::size_t> nearest;
  for (auto at = from; at != frames.end() && at->time <= time + kNear; ++at) {
    const auto place = static_cast<std::size_t>(at - frames.begin());
    if (!at->pose) continue;
    if (nearest && distance_s(frames[*nearest], time) <= distance_s(*at, time)) break;
    nearest = place;
  }
  return nearest;
}

/// The kicking leg's bend; of an unsure side, that of the leg bent more.
std::optional<double> bend_deg(const engine::KneeCurve& curve, std::size_t at,
                               KickingSide side) {
  const auto& [left, right] = curve.flexion_deg;
  if (side == KickingSide::left) return left[at];
  if (side == KickingSide::right) return right[at];
  return left[at] && right[at] ? std::max(*left[at], *right[at])
                               : (left[at] ? left[at] : right[at]);
}

Seconds halfway_down(const Repetition& r, const engine::KneeCurve& curve) {
  const auto from = std::ranges::lower_bound(curve.times, r.lowering_start);
  for (auto at = from; at != curve.times.end() && *at <= r.end; ++at) {
    const auto bend =
        bend_deg(curve, static_cast<std::size_t>(at - curve.times.begin()), r.side);
    if (bend && *bend <= kHalfwayDownDeg) return *at;
  }
  return r.lowering_start + 0.5 * (r.end - r.lowering_start);
}

}  // namespace

std::string_view name(Shows shows) {
  switch (shows) {
    case Shows::set_up:
      return "set_up";
    case Shows::kick:
      return "kick";
    case Shows::lowering:
      break;
  }
  return "lowering";
}

std::vector<Instant> instants(std::span<const pose::PoseFrame> frames,
                              std::span<const Repetition> repetitions,
                              const engine::KneeCurve& curve) {
  std::vector<Instant> all;
  Seconds last_end;
  for (const Repetition& r : repetitions) {
    const auto add = [&](Shows shows, Seconds time, int kick = 0) {
      const auto frame = frame_near(frames, time);
      const bool later = all.empty() || all.back().repetition != r.index ||
                         (frame && all.back().frame < *frame);
      if (frame && later) all.push_back({r.index, shows, kick, *frame});
    };
    // Between two repetitions that follow each other closely, the middle.
    const Seconds middle = last_end + 0.5 * (r.start - last_end);
    add(Shows::set_up, std::min(r.start, std::max(r.start - kBeforeStart, middle)));
    for (std::size_t i = 0; i < std::min(r.kicks.size(), kMostKicks); ++i) {
      add(Shows::kick, r.kicks[i].time, static_cast<int>(i) + 1);
    }
    add(Shows::lowering, halfway_down(r, curve));
    last_end = r.end;
  }
  // Where legs pedal, a repetition begins before the last one has ended.
  std::ranges::stable_sort(all, {}, &Instant::frame);
  return all;
}

}  // namespace matside::report
