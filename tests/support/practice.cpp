#include "tests/support/practice.h"

#include <algorithm>
#include <array>
#include <random>

namespace matside::support {
namespace {

// A channel of movement: minimum-jerk moves between values that hold until the next move.
class Track {
 public:
  explicit Track(double start = 0.0) : start_(start) {}

  void move(double from_s, double to_s, double value, bool falling = false) {
    moves_.push_back({from_s, to_s, value, falling});
  }
  [[nodiscard]] double at(double t) const {
    double value = start_;
    for (const Move& m : moves_) {
      if (t < m.from_s) break;
      const double u = std::clamp((t - m.from_s) / std::max(1e-6, m.to_s - m.from_s), 0.0, 1.0);
      const double share = m.falling ? u * u : u * u * u * (10.0 - 15.0 * u + 6.0 * u * u);
      value += (m.value - value) * share;
    }
    return value;
  }

 private:
  struct Move {
    double from_s;
    double to_s;
    double value;
    bool falling;
  };
  double start_;
  std::vector<Move> moves_;
};

struct Score {
  std::array<Track, 2> knee;
  std::array<Track, 2> thigh;
  Track trunk;
  Track neck;
  Track hips;
  double now_s = 1.5;
  std::vector<TrueRepetition> repetitions;
};

void write(Score& score, const RepetitionPlan& r, double trunk_incline_deg) {
  Track& knee = score.knee[pose::index(r.side)];
  const double start = score.now_s;
  double t = start + r.bend_s;
  knee.move(start, t, r.peak_deg);
  const double top = t;
  for (int k = 1; k < r.kicks; ++k) {
    knee.move(t, t + 0.5 * r.beat_s, r.peak_deg - r.recoil_deg);
    knee.move(t + 0.5 * r.beat_s, t + r.beat_s, r.peak_deg);
    t += r.beat_s;
  }
  t += 0.08;
  const double lowering = t;
  if (r.drop_s > 0.0) {
    knee.move(t, t + 0.25, 88.0);
    knee.move(t + 0.25, t + 0.25 + r.drop_s, r.stop_short_deg, true);
    t += 0.25 + r.drop_s;
  } else {
    knee.move(t, t + r.lower_s, r.stop_short_deg);
    t += r.lower_s;
  }
  const auto during = [&](Track& track, double value, double rest) {
    if (value == rest) return;
    track.move(start + 0.1, top, value);
    track.move(lowering, t, rest);
  };
  during(score.hips, r.hip_rise_m, 0.0);
  during(score.thigh[pose::index(r.side)], r.thigh_lift_deg, 0.0);
  during(score.trunk, trunk_incline_deg - r.chest_sink_deg, trunk_incline_deg);
  during(score.neck, -r.head_drop_deg, 0.0);
  score.repetitions.push_back({r.side, start, t, r.kicks});
  if (r.stop_short_deg > 0.0) {
    knee.move(t + 0.4, t + 0.9, 0.0);
    t += 0.9;
  }
  score.now_s = t + r.gap_s;
}

void write(Score& score, Idle idle, double length_s, double trunk_incline_deg) {
  const double t = score.now_s;
  const double end = t + length_s;
  switch (idle) {
    case Idle::still:
      break;
    case Idle::both_feet:
      for (double a = t; a + 2.4 <= end; a += 2.4) {
        for (Track& knee : score.knee) {
          knee.move(a, a + 1.2, 55.0);
          knee.move(a + 1.2, a + 2.4, 0.0);
        }
      }
      break;
    case Idle::foot_wiggle:
      for (double a = t; a + 0.8 <= end; a += 0.8) {
        score.knee[0].move(a, a + 0.4, 12.0);
        score.knee[0].move(a + 0.4, a + 0.8, 0.0);
      }
      break;
    case Idle::head_turn:
      score.neck.move(t, t + 0.5 * length_s, -25.0);
      score.neck.move(t + 0.5 * length_s, end, 0.0);
      break;
    case Idle::lie_down_and_up:
      score.trunk.move(t, t + 0.3 * length_s, 3.0);
      score.trunk.move(t + 0.6 * length_s, t + 0.9 * length_s, trunk_incline_deg);
      break;
  }
  score.now_s = end + 0.5;
}

}  // namespace

Performed perform(const Practice& practice) {
  Score score;
  score.trunk = Track(practice.rises_to_forearms ? 3.0 : practice.trunk_incline_deg);
  if (practice.rises_to_forearms) {
    score.trunk.move(1.5, 3.5, practice.trunk_incline_deg);
    score.now_s = 4.5;
  }
  for (const Step& step : practice.steps) {
    if (step.kind == Step::Kind::repetition) {
      write(score, step.repetition, practice.trunk_incline_deg);
    } else {
      write(score, step.idle, step.idle_s, practice.trunk_incline_deg);
    }
  }
  Performed out;
  out.repetitions = score.repetitions;
  std::mt19937 random(practice.seed);
  std::normal_distribution<double> noise(0.0, 1.0);
  std::uniform_real_distribution<double> chance(0.0, 1.0);
  const auto frames = static_cast<std::int64_t>((score.now_s + 1.0) * practice.fps);
  for (std::int64_t i = 0; i < frames; ++i) {
    const double t = static_cast<double>(i) / practice.fps;
    Posture p;
    p.trunk_incline_deg = score.trunk.at(t);
    p.neck_deg = score.neck.at(t);
    p.hip_rise_m = score.hips.at(t);
    for (std::size_t s = 0; s < 2; ++s) {
      p.knee_flexion_deg[s] = score.knee[s].at(t);
      p.thigh_lift_deg[s] = score.thigh[s].at(t);
    }
    pose::PoseFrame frame{i, base::Seconds(t), practice.camera.size, std::nullopt};
    pose::Pose seen = seen_by(practice.camera, practice.body, p);
    for (pose::Keypoint& k : seen.keypoints) {
      k.position.x_px += practice.noise_px * noise(random);
      k.position.y_px += practice.noise_px * noise(random);
    }
    if (chance(random) >= practice.dropout) frame.pose = seen;
    out.frames.push_back(frame);
  }
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

}  // namespace matside::support
