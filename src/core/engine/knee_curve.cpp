#include "core/engine/knee_curve.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <utility>

#include "core/base/math.h"
#include "core/exercise/repetition_measures.h"
#include "core/exercise/segment_signals.h"
#include "core/exercise/swapped_legs.h"
#include "core/kinematics/body_frame.h"
#include "core/kinematics/leg_angles.h"
#include "core/kinematics/plane_rectification.h"
#include "core/kinematics/rest_baseline.h"
#include "core/signal/samples.h"
#include "core/signal/smoother.h"

namespace matside::engine {
namespace {

using base::Seconds;
using exercise::KickingSide;
using exercise::Repetition;
using kinematics::BodyFrame;
using kinematics::RestPose;
using signal::WeightedSample;

using exercise::kMinNoiseDeg;
using exercise::kMovementCutoffHz;
using exercise::MeasurementRules;

// These decide how the curve is drawn, and nothing that is counted or criticised.
// A badly seen leg still has a point in the curve.
constexpr double kMinWeight = 1e-3;
// Legs that differ by less look alike.
constexpr double kApartDeg = 10.0;
// The rest of a leg is taken this near in time, not close to a movement, with almost straight
// legs.
constexpr Seconds kRestWindow(4.0);
constexpr Seconds kRestMargin(0.2);
constexpr double kStraightDeg = 30.0;
constexpr std::size_t kMinAtRest = 8;
constexpr Seconds kRestUpdateInterval(0.5);
// A longer gap interrupts the curve.
constexpr Seconds kMaxGap(0.4);

/// The only repetition at that time, or null.
const Repetition* single_repetition_at(std::span<const Repetition> repetitions, Seconds time) {
  const Repetition* found = nullptr;
  for (const Repetition& r : repetitions) {
    if (time < r.start || time > r.end) continue;
    if (found != nullptr) return nullptr;
    found = &r;
  }
  return found;
}

/// Pose networks swap the labels of lying legs; the repetition's side decides.
void fix_leg_labels(BodyFrame& body, std::span<const Repetition> repetitions) {
  if (body.in_space) return;
  const Repetition* r = single_repetition_at(repetitions, body.time);
  if (r == nullptr || r->side == KickingSide::unsure || !body.legs[0] || !body.legs[1]) return;
  const auto kicking =
      pose::index(r->side == KickingSide::left ? pose::Side::left : pose::Side::right);
  const double more_bent =
      (body.legs[1 - kicking]->knee_flexion - body.legs[kicking]->knee_flexion).value();
  if (more_bent > kApartDeg) body = exercise::with_legs_swapped(body);
}

std::vector<BodyFrame> bodies_of(std::span<const pose::PoseFrame> frames,
                                 const Analysis& analysis) {
  std::vector<BodyFrame> bodies;
  for (const pose::PoseFrame& frame : frames) {
    const auto body = kinematics::measure(frame, kinematics::kMinJointScore);
    if (!body || body->posture != kinematics::BodyPosture::lying) continue;
    bodies.push_back(rectification_from(analysis.view, frame.image_size).rectified(*body));
    fix_leg_labels(bodies.back(), analysis.repetitions);
  }
  return bodies;
}

/// The person's rest near a time.
class RestPoses {
 public:
  RestPoses(std::span<const BodyFrame> bodies, std::span<const Repetition> repetitions) {
    for (const BodyFrame& body : bodies) {
      const bool moving = std::ranges::any_of(repetitions, [&](const Repetition& r) {
        return body.time >= r.start - kRestMargin && body.time <= r.end + kRestMargin;
      });
      const bool straight = std::ranges::all_of(body.legs, [](const auto& leg) {
        return leg && std::abs(leg->knee_flexion.value()) < kStraightDeg;
      });
      if (!moving && straight) still_.push_back(body);
    }
  }

  /// Null where too little rest was seen in the whole practice. Times must rise.
  const RestPose* near(Seconds time) {
    if (still_.size() < kMinAtRest) return nullptr;
    if (at_ && time - *at_ < kRestUpdateInterval) return &rest_;
    at_ = time;
    const auto from =
        std::ranges::lower_bound(still_, time - kRestWindow, {}, &BodyFrame::time);
    const auto to = std::ranges::upper_bound(still_, time + kRestWindow, {}, &BodyFrame::time);
    std::span<const BodyFrame> round(from, to);
    if (round.size() < kMinAtRest) round = still_;
    rest_ = kinematics::median_rest_pose(round, scratch_);
    return &rest_;
  }

 private:
  std::vector<BodyFrame> still_;
  std::optional<Seconds> at_;
  RestPose rest_;
  std::vector<double> scratch_;
};

/// A knee's flexion in space, compared with the flexion in the picture.
struct Knee3dSample {
  Seconds time;
  double above_image_deg = 0.0;
  double deviation_deg = 0.0;
};

struct Leg {
  std::vector<WeightedSample> seen;  ///< above rest
  std::vector<Knee3dSample> knee_3d;
};

double rest_flexion_deg(const RestPose* rest, std::size_t side) {
  return rest == nullptr ? 0.0 : rest->legs[side].knee_flexion.value();
}

void measure_leg(const BodyFrame& body, std::size_t side, const RestPose* rest, Leg& leg) {
  const kinematics::LegFrame& frame = *body.legs[side];
  double bend_deg = frame.knee_flexion.value();
  double weight = 1.0;
  const double rest_deg = rest_flexion_deg(rest, side);
  if (rest != nullptr) {
    const auto reading = kinematics::measure_leg(frame, rest->legs[side], body.head_direction);
    bend_deg = reading.knee_flexion.value();
    weight = std::max(kMinWeight, reading.knee_weight);
  }
  leg.seen.push_back({body.time, bend_deg, weight});
  if (const auto& knee = frame.knee_3d) {
    leg.knee_3d.push_back(
        {body.time, knee->flexion.value() - rest_deg - bend_deg, knee->deviation.value()});
  }
}

/// Correction by the readings in space near that time, weighted by variances, as at a kick.
double flexion_3d_correction_deg(std::span<const Knee3dSample> all, Seconds time,
                                 const MeasurementRules& rules) {
  const Seconds window(rules.kick_window.value);
  const Seconds from = time - window;
  double sum = 0.0;
  double weights = 0.0;
  std::vector<double> deviations;
  for (auto reading = std::ranges::lower_bound(all, from, {}, &Knee3dSample::time);
       reading != all.end() && reading->time <= time + window; ++reading) {
    const double weight = 1.0 / (reading->deviation_deg * reading->deviation_deg);
    sum += weight * reading->above_image_deg;
    weights += weight;
    deviations.push_back(reading->deviation_deg);
  }
  const auto deviation = signal::median(deviations);
  if (!deviation) return 0.0;
  const double picture = rules.image_angle_deviation.value * rules.image_angle_deviation.value;
  return sum / weights * picture / (picture + *deviation * *deviation);
}

/// The curve of a leg, smoothed separately between gaps.
std::vector<signal::Sample> smoothed_curve(const Leg& leg, const MeasurementRules& rules) {
  std::vector<signal::Sample> line;
  std::size_t begin = 0;
  for (std::size_t i = 1; i <= leg.seen.size(); ++i) {
    if (i < leg.seen.size() && leg.seen[i].time - leg.seen[i - 1].time <= kMaxGap) continue;
    const std::span piece(leg.seen.data() + begin, i - begin);
    const auto smooth = signal::smooth_zero_lag(piece, kMovementCutoffHz, kMinNoiseDeg);
    line.insert(line.end(), smooth.begin(), smooth.end());
    begin = i;
  }
  for (signal::Sample& s : line)
    s.value += flexion_3d_correction_deg(leg.knee_3d, s.time, rules);
  return line;
}

std::optional<double> value_at(std::span<const signal::Sample> line, Seconds time) {
  const auto at = std::ranges::lower_bound(line, time, {}, &signal::Sample::time);
  if (at == line.end() || at->time != time) return std::nullopt;
  return at->value;
}

/// How far the kicks of each repetition are above the line of their leg, since they were
/// measured against the rest just before them: the same offset from its start to its end.
std::vector<signal::Sample> rest_offsets(std::span<const signal::Sample> line, std::size_t side,
                                         std::span<const Repetition> repetitions) {
  std::vector<signal::Sample> offsets;
  for (const Repetition& r : repetitions) {
    const bool of_this_leg =
        r.side ==
        (side == pose::index(pose::Side::left) ? KickingSide::left : KickingSide::right);
    if (!r.scored || !of_this_leg) continue;
    std::vector<double> above_deg;
    for (const exercise::Kick& kick : r.kicks) {
      const auto drawn = value_at(line, kick.time);
      if (drawn) above_deg.push_back(kick.knee_flexion.value() - *drawn);
    }
    const auto offset = signal::median(above_deg);
    if (!offset) continue;
    offsets.push_back({r.start, *offset});
    offsets.push_back({r.end, *offset});
  }
  return offsets;
}

/// Linear between the samples, constant before and after them; 0 without any.
double offset_at(std::span<const signal::Sample> offsets, Seconds time) {
  if (offsets.empty()) return 0.0;
  const auto after = std::ranges::lower_bound(offsets, time, {}, &signal::Sample::time);
  if (after == offsets.begin()) return offsets.front().value;
  if (after == offsets.end()) return offsets.back().value;
  const auto before = std::prev(after);
  const double share = (time - before->time) / (after->time - before->time);
  return before->value + share * (after->value - before->value);
}

}  // namespace

kinematics::PlaneRectification rectification_from(const CameraView& view,
                                                  base::ImageSize size) {
  if (!view.camera_yaw || !view.camera_pitch) return {};
  const double yaw = base::to_radians(*view.camera_yaw).value();
  const double pitch = base::to_radians(*view.camera_pitch).value();
  return {{-base::sin(yaw) * base::cos(pitch), -base::sin(pitch),
           base::cos(yaw) * base::cos(pitch)},
          size};
}

KneeCurve knee_curve(std::span<const pose::PoseFrame> frames, const Analysis& analysis,
                     const MeasurementRules& rules, Seconds step) {
  const std::vector<BodyFrame> bodies = bodies_of(frames, analysis);
  RestPoses rests(bodies, analysis.repetitions);
  std::array<Leg, 2> legs;
  std::array<std::vector<double>, 2> rest_deg;
  for (const BodyFrame& body : bodies) {
    const RestPose* rest = rests.near(body.time);
    for (std::size_t side = 0; side < legs.size(); ++side) {
      rest_deg[side].push_back(rest_flexion_deg(rest, side));
      if (body.legs[side]) measure_leg(body, side, rest, legs[side]);
    }
  }
  const std::array lines{smoothed_curve(legs[0], rules), smoothed_curve(legs[1], rules)};
  const std::array offsets{rest_offsets(lines[0], 0, analysis.repetitions),
                           rest_offsets(lines[1], 1, analysis.repetitions)};
  KneeCurve curve;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    const Seconds time = bodies[i].time;
    if (!curve.times.empty() && time - curve.times.back() < step) continue;
    curve.times.push_back(time);
    for (std::size_t side = 0; side < lines.size(); ++side) {
      const double offset_deg = offset_at(offsets[side], time);
      auto bend_deg = value_at(lines[side], time);
      if (bend_deg) *bend_deg += offset_deg;
      curve.bend_deg[side].push_back(bend_deg);
      curve.rest_deg[side].push_back(rest_deg[side][i] - offset_deg);
    }
  }
  return curve;
}

}  // namespace matside::engine
