#include "tests/support/practice.h"

#include <algorithm>
#include <utility>

#include "tests/support/ground_truth_faults.h"
#include "tests/support/joint_motion.h"
#include "tests/support/random.h"

namespace matside::support {
namespace {

// A practice as it is written down, step by step, before it is performed.
struct MotionPlan {
  JointMotion movement;
  double now_s = 1.5;
  std::vector<GroundTruthRepetition> repetitions;
  std::vector<RepetitionTimes> outlines;
  std::vector<RepetitionPlan> plans;
};

// The foot goes up, springs back and kicks again. Gives the time of the last kick.
double add_kicks(MotionTrack& knee, const RepetitionPlan& r, double start_s,
                 GroundTruthRepetition& truth) {
  double t = start_s + r.bend_s;
  knee.move(start_s, t, r.peak_deg);
  truth.kicks.push_back({t, r.peak_deg});
  for (int k = 1; k < r.kicks; ++k) {
    knee.move(t, t + 0.5 * r.beat_s, r.peak_deg - r.recoil_deg);
    knee.move(t + 0.5 * r.beat_s, t + r.beat_s, r.peak_deg);
    t += r.beat_s;
    truth.kicks.push_back({t, r.peak_deg});
  }
  truth.kicks.back().time_s += 0.5 * r.hold_s;
  return t;
}

// Gives the time at which the foot is down, or has stopped short.
double add_lowering(MotionTrack& knee, const RepetitionPlan& r, double t) {
  if (!(r.drop_s > 0.0)) {
    knee.move(t, t + r.lower_s, r.stop_short_deg);
    return t + r.lower_s;
  }
  constexpr double kFallsFromDeg = 88.0;
  constexpr double kLetGoS = 0.25;
  if (r.peak_deg > kFallsFromDeg) {
    knee.move(t, t + kLetGoS, kFallsFromDeg);
    t += kLetGoS;
  }
  knee.move(t, t + r.drop_s, r.stop_short_deg, true);
  return t + r.drop_s;
}

void add_motion(MotionPlan& score, const RepetitionPlan& r, const Practice& practice) {
  const std::size_t side = pose::index(r.side);
  JointMotion& m = score.movement;
  MotionTrack& knee = m.knee_deg[side];
  const double start = score.now_s;
  GroundTruthRepetition truth;
  truth.side = r.side;
  truth.start_s = start;
  const double last_kick = add_kicks(knee, r, start, truth);
  const double top = start + r.bend_s;
  const double lowering = last_kick + r.hold_s;
  double t = add_lowering(knee, r, lowering);
  const auto during = [&](MotionTrack& track, double from_s, double up_s, double value,
                          double rest) {
    if (value == rest) return;
    track.move(from_s, up_s, value);
    track.move(lowering, t, rest);
  };
  const double trunk_deg = practice.trunk_incline_deg;
  during(m.hips_m, start + r.hips_from_share * r.bend_s, start + r.hips_up_share * r.bend_s,
         r.hip_rise_m, 0.0);
  during(m.thigh_deg[side], start + 0.1, top, r.thigh_lift_deg, 0.0);
  during(m.trunk_deg, start + 0.1, top, trunk_deg - r.chest_sink_deg, trunk_deg);
  during(m.neck_deg, start + 0.1, top, -r.head_drop_deg, 0.0);
  truth.end_s = t;
  if (r.reach_m > 0.0) {
    m.reach_m[side].move(lowering, t, r.reach_m);
    m.reach_m[side].move(t + 0.1, t + 0.4, 0.0);
  }
  if (r.stop_short_deg > 0.0) {
    knee.move(t + r.stop_hold_s, t + r.stop_hold_s + 0.5, 0.0);
    t += r.stop_hold_s + 0.5;
  }
  score.repetitions.push_back(truth);
  score.outlines.push_back({start, lowering, truth.end_s});
  score.plans.push_back(r);
  score.now_s = t + r.gap_s;
}

void add_motion(MotionPlan& score, Idle idle, double length_s, double trunk_incline_deg) {
  JointMotion& m = score.movement;
  const double t = score.now_s;
  const double end = t + length_s;
  switch (idle) {
    case Idle::still:
      break;
    case Idle::both_feet:
      for (double a = t; a + 2.4 <= end; a += 2.4) {
        for (MotionTrack& knee : m.knee_deg) {
          knee.move(a, a + 1.2, 55.0);
          knee.move(a + 1.2, a + 2.4, 0.0);
        }
      }
      break;
    case Idle::foot_wiggle:
      for (double a = t; a + 0.8 <= end; a += 0.8) {
        m.knee_deg[0].move(a, a + 0.4, 12.0);
        m.knee_deg[0].move(a + 0.4, a + 0.8, 0.0);
      }
      break;
    case Idle::head_turn:
      m.neck_deg.move(t, t + 0.5 * length_s, -25.0);
      m.neck_deg.move(t + 0.5 * length_s, end, 0.0);
      break;
    case Idle::lie_down_and_up:
      m.trunk_deg.move(t, t + 0.3 * length_s, 3.0);
      m.trunk_deg.move(t + 0.6 * length_s, t + 0.9 * length_s, trunk_incline_deg);
      break;
  }
  score.now_s = end + 0.5;
}

MotionPlan written(const Practice& practice) {
  MotionPlan score;
  JointMotion& m = score.movement;
  m.trunk_deg = MotionTrack(practice.rises_to_forearms ? 3.0 : practice.trunk_incline_deg);
  m.elbow_forward_deg = practice.elbow_forward_deg;
  m.rocking_deg = practice.rocking_deg;
  m.breathing_deg = practice.breathing_deg;
  m.shank_out_deg = {practice.shank_out_deg, practice.shank_out_deg};
  if (practice.rises_to_forearms) {
    m.trunk_deg.move(1.5, 3.5, practice.trunk_incline_deg);
    score.now_s = 4.5;
  }
  for (const Step& step : practice.steps) {
    if (step.kind == Step::Kind::repetition) {
      add_motion(score, step.repetition, practice);
    } else {
      add_motion(score, step.idle, step.idle_s, practice.trunk_incline_deg);
    }
  }
  m.length_s = score.now_s + 1.0;
  return score;
}

}  // namespace

Footage film(const Practice& practice, const std::function<Posture(double)>& posture_at,
             double length_s) {
  Footage out;
  Random random(practice.seed);
  std::optional<PoseNetworkSimulator> network;
  if (practice.network) network.emplace(*practice.network, practice.camera, random.bits());
  const auto frames = static_cast<std::int64_t>(length_s * practice.fps);
  for (std::int64_t i = 0; i < frames; ++i) {
    double t = static_cast<double>(i) / practice.fps;
    if (practice.time_jitter > 0.0 && i > 0) {
      t += practice.time_jitter * random.uniform(-0.5, 0.5) / practice.fps;
    }
    if (practice.frames_skipped > 0.0 && random.chance(practice.frames_skipped)) continue;
    const Posture posture = posture_at(t);
    const std::array<double, 2> knees{
        practice.body.straight_knee_deg + posture.knee_flexion_deg[0],
        practice.body.straight_knee_deg + posture.knee_flexion_deg[1]};
    pose::PoseFrame frame{i, base::Seconds(t), practice.camera.size, std::nullopt};
    const bool moved = practice.camera_move && t >= practice.camera_move->at_s;
    const Camera& camera = moved ? practice.camera_move->after : practice.camera;
    out.world_landmarks.push_back(posed(practice.body, posture));
    pose::Pose seen = seen_by(camera, out.world_landmarks.back());
    for (pose::Keypoint& k : seen.keypoints) {
      k.position.x_px += practice.noise_px * random.normal();
      k.position.y_px += practice.noise_px * random.normal();
    }
    if (random.unit() >= practice.dropout) frame.pose = seen;
    if (network && frame.pose) frame.pose = network->see(t, seen, knees);
    out.frames.push_back(frame);
  }
  return out;
}

SimulatedSession perform(const Practice& practice) {
  MotionPlan score = written(practice);
  const JointMotion& movement = score.movement;
  SimulatedSession out;
  for (std::size_t i = 0; i < score.repetitions.size(); ++i) {
    find_true_faults(practice, movement, score.plans[i], score.outlines[i],
                     score.repetitions[i]);
    score.repetitions[i].measures = true_measures(practice, movement, score.plans[i],
                                                  score.outlines[i], score.repetitions[i]);
  }
  out.repetitions = score.repetitions;
  find_true_set_faults(practice, out);
  Footage footage = film(
      practice, [&](double t) { return movement.at(t); }, movement.length_s);
  out.frames = std::move(footage.frames);
  out.world_landmarks = std::move(footage.world_landmarks);
  return out;
}

std::vector<Step> alternating(int count, RepetitionPlan plan) {
  std::vector<Step> steps;
  for (int i = 0; i < count; ++i) {
    plan.side = i % 2 == 0 ? pose::Side::left : pose::Side::right;
    steps.push_back({Step::Kind::repetition, plan, Idle::still, 0.0});
  }
  return steps;
}

std::vector<pose::PoseFrame> saved_frames(int repetitions) {
  Practice practice;
  practice.steps = alternating(repetitions);
  std::vector<pose::PoseFrame> frames = perform(practice).frames;
  for (pose::PoseFrame& frame : frames) frame = pose::rounded(frame);
  return frames;
}

}  // namespace matside::support
