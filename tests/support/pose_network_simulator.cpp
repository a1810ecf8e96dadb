#include "tests/support/pose_network_simulator.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace matside::support {
namespace {

using base::ImagePoint;
using pose::Landmark;
using pose::Pose;
using pose::Side;

// The slow part of an error is forgotten over this long.
constexpr double kWanderS = 1.5;
// A joint moves from this speed on, thigh lengths a second, and has stopped after this long.
constexpr double kMovingSpeed = 0.15;
constexpr double kStopS = 0.3;
// The gain's deviation is that of a joint with this much drift.
constexpr double kGainDrift = 0.02;
// Ways much longer than this, in thigh lengths, are misread no more; bends are misread as such.
constexpr double kGainWay = 0.4;
// However small the body is in the picture, a pixel has a size.
constexpr double kPixelJitterPx = 0.4;
// A joint outside the picture is guessed, this many thigh lengths off.
constexpr double kOutsideError = 0.15;
// A joint this far off has lost most of its score.
constexpr double kScoreSpread = 0.25;
// Knee flexions in space, measured likewise: a bent knee's error is the person's own, drifts,
// and shakes; a foot that has just left the mat reads too low.
constexpr double kKneeOffsetDeg = 5.5;
constexpr double kKneeDriftDeg = 3.0;
constexpr double kKneeJitterDeg = 0.8;
constexpr double kKneeRisingDeg = -9.0;
constexpr double kKneeRestDeg = 3.5;

// Deviations in thigh lengths: of a person's mean from the truth, of the slow drift about it,
// and from frame to frame. Measured on 29,000 frames of rendered practices with truth.
struct JointError {
  double offset;
  double drift;
  double jitter;
  double outlier;  // ... of a joint put somewhere else
};

JointError error_of(std::size_t landmark, bool near) {
  switch (static_cast<Landmark>(landmark)) {
    case Landmark::left_hip:
    case Landmark::right_hip:
      return near ? JointError{0.027, 0.011, 0.0018, 0.03}
                  : JointError{0.041, 0.013, 0.0019, 0.03};
    case Landmark::left_knee:
    case Landmark::right_knee:
      return near ? JointError{0.029, 0.015, 0.0032, 0.08}
                  : JointError{0.036, 0.030, 0.0045, 0.08};
    case Landmark::left_ankle:
    case Landmark::right_ankle:
      return near ? JointError{0.021, 0.020, 0.0044, 0.25}
                  : JointError{0.022, 0.025, 0.0059, 0.25};
    case Landmark::left_heel:
    case Landmark::right_heel:
      return near ? JointError{0.023, 0.025, 0.0048, 0.25}
                  : JointError{0.028, 0.030, 0.0060, 0.25};
    case Landmark::left_foot_index:
    case Landmark::right_foot_index:
      return near ? JointError{0.021, 0.025, 0.0042, 0.25}
                  : JointError{0.042, 0.042, 0.0065, 0.25};
    case Landmark::left_shoulder:
    case Landmark::right_shoulder:
      return near ? JointError{0.042, 0.011, 0.0021, 0.03}
                  : JointError{0.046, 0.013, 0.0024, 0.03};
    case Landmark::left_elbow:
    case Landmark::right_elbow:
      return near ? JointError{0.036, 0.011, 0.0019, 0.15}
                  : JointError{0.078, 0.021, 0.0036, 0.15};
    default:
      return near ? JointError{0.050, 0.014, 0.0024, 0.1}
                  : JointError{0.060, 0.021, 0.0037, 0.1};
  }
}

bool is_of(std::size_t landmark, Side side) {
  constexpr std::size_t kFirstPaired = 11;  // shoulders; from here left and right take turns
  return landmark < kFirstPaired || (landmark % 2 == 1) == (side == Side::left);
}

bool outside(ImagePoint p, base::ImageSize size) {
  return p.x_px < 0.0 || p.y_px < 0.0 || p.x_px > size.width_px || p.y_px > size.height_px;
}

double smooth_step(double from, double to, double value) {
  const double u = std::clamp((value - from) / (to - from), 0.0, 1.0);
  return u * u * (3.0 - 2.0 * u);
}

ImagePoint turned(ImagePoint about, ImagePoint p, double deg) {
  const double a = deg * std::numbers::pi / 180.0;
  const base::ImageVector v = p - about;
  return {about.x_px + v.x_px * std::cos(a) - v.y_px * std::sin(a),
          about.y_px + v.x_px * std::sin(a) + v.y_px * std::cos(a)};
}

double thigh_px(const Pose& p, Side side) {
  return base::length(p[pose::on_side(Landmark::left_knee, side)].position -
                      p[pose::on_side(Landmark::left_hip, side)].position);
}

}  // namespace

bool PoseNetworkSimulator::Bursts::at(double time_s) {
  if (!(rate_hz > 0.0)) return false;
  while (time_s >= to_s) {
    from_s = to_s + random.waiting_time(rate_hz);
    to_s = from_s + random.waiting_time(1.0 / length_s);
  }
  return time_s >= from_s;
}

PoseNetworkSimulator::PoseNetworkSimulator(const NetworkNoise& noise, const Camera& camera,
                                           std::uint64_t seed)
    : noise_(noise),
      camera_(camera),
      drift_(Random::seed_of(seed, 0)),
      jitter_(Random::seed_of(seed, 1)),
      outliers_(Random::seed_of(seed, 2)),
      losses_(Random::seed_of(seed, 3)),
      swaps_{noise.swaps_per_min / 60.0, noise.swap_s, Random(Random::seed_of(seed, 4))},
      others_{noise.others_per_min / 60.0, noise.other_s, Random(Random::seed_of(seed, 5))} {
  for (std::size_t i = 0; i < offset_.size(); ++i) {
    const double size = error_of(i, is_of(i, camera.side)).offset;
    offset_[i] = {size * drift_.normal(), size * drift_.normal()};
  }
  for (double& deg : knee_offset_deg_) deg = kKneeOffsetDeg * drift_.normal();
  Random gains(Random::seed_of(seed, 6));
  for (std::size_t i = 0; i < gain_.size(); ++i) {
    const double size = noise.gain * error_of(i, is_of(i, camera.side)).drift / kGainDrift;
    gain_[i] = {size * gains.normal(), size * gains.normal()};
  }
}

// Networks misread where a joint goes more than where it stays.
void PoseNetworkSimulator::follow_joints(double time_s, const Pose& true_pose,
                                         double thigh_px) {
  if (!first_pose_) first_pose_ = true_pose;
  const double step_s = std::max(1e-3, time_s - followed_s_.value_or(time_s - 0.04));
  const double kept = std::exp(-step_s / kStopS);
  for (std::size_t i = 0; i < way_.size(); ++i) {
    const base::ImageVector moved =
        true_pose.keypoints[i].position - first_pose_->keypoints[i].position;
    const Drift way{moved.x_px / thigh_px, moved.y_px / thigh_px};
    const double speed =
        followed_s_ ? std::hypot(way.x - way_[i].x, way.y - way_[i].y) / step_s : 0.0;
    moving_[i] = std::max(kept * moving_[i], std::min(1.0, speed / kMovingSpeed));
    way_[i] = way;
  }
  followed_s_ = time_s;
}

void PoseNetworkSimulator::update_drift(double time_s) {
  const bool first = !last_s_;
  const double kept = first ? 0.0 : std::exp(-std::max(0.0, time_s - *last_s_) / kWanderS);
  const double fresh = std::sqrt(1.0 - kept * kept);
  last_s_ = time_s;
  for (std::size_t i = 0; i < drift_offset_.size(); ++i) {
    const double size = error_of(i, is_of(i, camera_.side)).drift;
    drift_offset_[i].x = kept * drift_offset_[i].x + fresh * size * drift_.normal();
    drift_offset_[i].y = kept * drift_offset_[i].y + fresh * size * drift_.normal();
  }
  for (double& deg : knee_drift_deg_) {
    deg = kept * deg + fresh * kKneeDriftDeg * drift_.normal();
  }
}

// Networks draw a raised leg's knee up after the foot, the hidden one further, and read large
// bends too straight.
void PoseNetworkSimulator::bend_legs(Pose& pose, std::array<double, 2> knee_flexion_deg,
                                     double thigh_px) {
  constexpr double kNearKnee = 0.035;
  constexpr double kFarKnee = 0.075;
  const double head_right = camera_.side == Side::right ? 1.0 : -1.0;
  for (const Side side : pose::kSides) {
    const double bend = knee_flexion_deg[pose::index(side)];
    ImagePoint& knee = pose[pose::on_side(Landmark::left_knee, side)].position;
    const double too_straight =
        noise_.scale * noise_.bend_bias_deg * smooth_step(40.0, 110.0, bend);
    for (const Landmark foot :
         {Landmark::left_ankle, Landmark::left_heel, Landmark::left_foot_index}) {
      ImagePoint& p = pose[pose::on_side(foot, side)].position;
      p = turned(knee, p, -head_right * too_straight);
    }
    const double up = side == camera_.side ? kNearKnee : kFarKnee;
    knee.y_px -= noise_.raised_knee * up * smooth_step(10.0, 40.0, bend) * thigh_px;
  }
}

void PoseNetworkSimulator::add_jitter(Pose& pose, double thigh_px) {
  const double pixel = kPixelJitterPx / std::max(1.0, thigh_px);
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    const bool near = is_of(i, camera_.side);
    const JointError error = error_of(i, near);
    pose::Keypoint& k = pose.keypoints[i];
    const bool unseen = outside(k.position, camera_.size);
    // One frame in twenty is much worse than the others: heavy tails.
    const double shaking = error.jitter * (jitter_.chance(0.05) ? 4.0 : 1.0) + pixel +
                           (unseen ? kOutsideError : 0.0);
    const double wander = noise_.still_drift + (1.0 - noise_.still_drift) * moving_[i];
    const double way = kGainWay * std::tanh(std::hypot(way_[i].x, way_[i].y) / kGainWay);
    double dx = offset_[i].x + wander * drift_offset_[i].x + shaking * jitter_.normal();
    double dy = offset_[i].y + wander * drift_offset_[i].y + shaking * jitter_.normal();
    dx += gain_[i].x * way;
    dy += gain_[i].y * way;
    const double stray_x = error.outlier * outliers_.normal();
    const double stray_y = error.outlier * outliers_.normal();
    if (outliers_.chance(noise_.outliers)) {
      dx += stray_x;
      dy += stray_y;
    }
    dx *= noise_.scale;
    dy *= noise_.scale;
    const double off = std::hypot(dx, dy) / kScoreSpread;
    k.position = k.position + base::ImageVector{dx, dy} * thigh_px;
    k.score = (near ? 0.99 : 0.95) * std::exp(-0.5 * off * off);
    const double least = losses_.uniform(0.0, 0.2);
    if (unseen) k.score = std::min(k.score, 0.1 + 2.5 * least);
    if (losses_.chance(noise_.joints_lost)) k.score = least;
  }
}

void PoseNetworkSimulator::read_knees(Pose& pose, std::array<double, 2> knee_flexion_deg) {
  for (std::size_t side = 0; side < 2; ++side) {
    const double bend = knee_flexion_deg[side];
    const double bent = smooth_step(20.0, 60.0, bend);
    const double rising = smooth_step(10.0, 28.0, bend) * (1.0 - smooth_step(30.0, 48.0, bend));
    const double error = kKneeRestDeg * (1.0 - bent) + kKneeRisingDeg * rising +
                         (0.2 + 0.8 * bent) * (knee_offset_deg_[side] + knee_drift_deg_[side] +
                                               kKneeJitterDeg * jitter_.normal());
    pose.knees[side] = {base::Degrees(bend + noise_.scale * error),
                        base::Degrees(5.0 + 5.0 * bent)};
  }
}

// The hips keep their places: they are too close together to be swapped.
void PoseNetworkSimulator::swap_legs(Pose& pose) {
  for (std::size_t i = pose::index(Landmark::left_knee); i < pose::kLandmarkCount; i += 2) {
    std::swap(pose.keypoints[i], pose.keypoints[i + 1]);
  }
  std::swap(pose.knees[0], pose.knees[1]);
}

Pose PoseNetworkSimulator::other_person() const {
  Posture standing;
  standing.upright_deg = 90.0;
  Skeleton skeleton = posed(Body{}, standing);
  const double behind_m = camera_.side == Side::right ? -0.7 : 0.7;
  for (base::WorldPoint& p : skeleton) {
    p.x_m += 0.4;
    p.z_m += behind_m;
  }
  Pose seen = seen_by(camera_, skeleton);
  for (pose::Keypoint& k : seen.keypoints) k.score = 0.95;
  seen.score = 0.9;
  return seen;
}

std::optional<Pose> PoseNetworkSimulator::see(double time_s, const Pose& true_pose,
                                              std::array<double, 2> knee_flexion_deg) {
  update_drift(time_s);
  const bool swapped = swaps_.at(time_s);
  if (losses_.chance(noise_.frames_lost)) return std::nullopt;
  if (others_.at(time_s)) return other_person();
  Pose seen = true_pose;
  const double length_px = thigh_px(true_pose, camera_.side);
  follow_joints(time_s, true_pose, length_px);
  bend_legs(seen, knee_flexion_deg, length_px);
  add_jitter(seen, length_px);
  if (noise_.reads_knees) read_knees(seen, knee_flexion_deg);
  if (swapped) swap_legs(seen);
  seen.score = 0.97;
  return seen;
}

}  // namespace matside::support
