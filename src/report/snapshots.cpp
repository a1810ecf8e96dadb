#include "report/snapshots.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace matside::report {
namespace {

using base::Seconds;
using exercise::KickingSide;
using exercise::Repetition;

// The set-up is shown this long before the foot leaves rest.
constexpr Seconds kBeforeStart(0.3);
constexpr double kHalfwayDownDeg = 45.0;
// Greatest distance between a snapshot's time and its frame.
constexpr Seconds kNear(0.2);
// Kicks beyond this number are not shown.
constexpr std::size_t kMaxKicks = 4;

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

/// The kicking leg's flexion; for an unsure side, the greater one.
std::optional<double> bend_deg(const engine::KneeCurve& curve, std::size_t at,
                               KickingSide side) {
  const auto& [left, right] = curve.bend_deg;
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

std::string_view name(SnapshotKind kind) {
  switch (kind) {
    case SnapshotKind::set_up:
      return "set_up";
    case SnapshotKind::kick:
      return "kick";
    case SnapshotKind::lowering:
      break;
  }
  return "lowering";
}

std::vector<Snapshot> snapshots(std::span<const pose::PoseFrame> frames,
                                std::span<const Repetition> repetitions,
                                const engine::KneeCurve& curve) {
  std::vector<Snapshot> all;
  Seconds last_end;
  for (const Repetition& r : repetitions) {
    const auto add = [&](SnapshotKind kind, Seconds time, int kick = 0) {
      const auto frame = frame_near(frames, time);
      const bool later = all.empty() || all.back().repetition != r.index ||
                         (frame && all.back().frame < *frame);
      if (frame && later) all.push_back({r.index, kind, kick, *frame});
    };
    // Half-way between two repetitions that follow each other closely.
    const Seconds middle = last_end + 0.5 * (r.start - last_end);
    add(SnapshotKind::set_up, std::min(r.start, std::max(r.start - kBeforeStart, middle)));
    for (std::size_t i = 0; i < std::min(r.kicks.size(), kMaxKicks); ++i) {
      add(SnapshotKind::kick, r.kicks[i].time, static_cast<int>(i) + 1);
    }
    add(SnapshotKind::lowering, halfway_down(r, curve));
    last_end = r.end;
  }
  // When legs alternate without pause, a repetition begins before the previous one ends.
  std::ranges::stable_sort(all, {}, &Snapshot::frame);
  return all;
}

}  // namespace matside::report
