#include "tests/support/activity.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "tests/support/random.h"

namespace matside::support {
namespace {

using base::WorldPoint;
using pose::Landmark;
using pose::Side;

constexpr double kJointAboveFloorM = 0.06;

// Directions of the limbs in the body's own plane, degrees: 0 = ahead, 90 = up. Arrays are
// left, right. The lowest joint of hips and legs is on the floor unless `floor_m` says how far
// above.
struct Figure {
  double trunk_deg = 90.0;
  double head_deg = 90.0;
  std::array<double, 2> thigh_deg{-90.0, -90.0};
  std::array<double, 2> shank_deg{-90.0, -90.0};
  std::array<double, 2> upper_arm_deg{-90.0, -90.0};
  std::array<double, 2> forearm_deg{-80.0, -80.0};
  double foot_turn_deg = 85.0;  ///< from the shank's line to the toes
  bool face_up = false;
  double ahead_m = 0.0;
  double floor_m = 0.0;
};

// The knee's flexion makes the shank's direction from the thigh's.
void bend(Figure& f, std::size_t side, double flexion_deg) {
  f.shank_deg[side] = f.thigh_deg[side] - flexion_deg;
}

double wave(double phase) { return std::sin(2.0 * std::numbers::pi * phase); }
/// 0 at whole phases, 1 half-way.
double bump(double phase) { return 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * phase); }

Skeleton posed(const Body& body, const Figure& f) {
  Skeleton s{};
  const double h = body.height_m;
  const WorldPoint hip{f.ahead_m, 0.0, 0.0};
  const WorldPoint shoulder = step(hip, body.trunk_ratio * h, f.trunk_deg);
  const WorldPoint ear = step(shoulder, body.neck_ratio * h, f.head_deg);
  for (const Side side : pose::kSides) {
    const std::size_t i = pose::index(side);
    const auto put = [&](Landmark left_twin, WorldPoint place, double half_width_ratio) {
      place.z_m = (side == Side::right ? 1.0 : -1.0) * half_width_ratio * h;
      s[pose::index(pose::on_side(left_twin, side))] = place;
    };
    const WorldPoint knee = step(hip, body.thigh_m(), f.thigh_deg[i]);
    const WorldPoint ankle = step(knee, body.shank_m(), f.shank_deg[i]);
    put(Landmark::left_hip, hip, body.hip_half_width_ratio);
    put(Landmark::left_knee, knee, body.hip_half_width_ratio);
    put(Landmark::left_ankle, ankle, body.hip_half_width_ratio);
    put(Landmark::left_heel, step(ankle, 0.05, f.shank_deg[i] - 60.0),
        body.hip_half_width_ratio);
    put(Landmark::left_foot_index, step(ankle, 0.10 * h, f.shank_deg[i] + f.foot_turn_deg),
        body.hip_half_width_ratio);
    const WorldPoint elbow = step(shoulder, body.upper_arm_ratio * h, f.upper_arm_deg[i]);
    const WorldPoint wrist = step(elbow, body.forearm_ratio * h, f.forearm_deg[i]);
    put(Landmark::left_shoulder, shoulder, body.shoulder_half_width_ratio);
    put(Landmark::left_elbow, elbow, body.shoulder_half_width_ratio);
    put(Landmark::left_wrist, wrist, body.shoulder_half_width_ratio);
    for (const Landmark hand :
         {Landmark::left_pinky, Landmark::left_index, Landmark::left_thumb}) {
      put(hand, step(wrist, 0.06, f.forearm_deg[i]), body.shoulder_half_width_ratio);
    }
    put(Landmark::left_ear, ear, 0.045);
  }
  put_face(s, step(ear, 0.065 * h, f.head_deg + (f.face_up ? 90.0 : -90.0)));
  double lowest_m = 0.0;
  for (const Landmark left_twin :
       {Landmark::left_hip, Landmark::left_knee, Landmark::left_ankle}) {
    for (const Side side : pose::kSides) {
      lowest_m = std::min(lowest_m, s[pose::index(pose::on_side(left_twin, side))].y_m);
    }
  }
  for (WorldPoint& p : s) p.y_m += f.floor_m + kJointAboveFloorM - lowest_m;
  return s;
}

Figure prone() {
  Figure f;
  f.trunk_deg = 2.0;
  f.head_deg = 20.0;
  f.thigh_deg = {184.0, 184.0};
  f.shank_deg = {180.0, 180.0};
  f.upper_arm_deg = {-10.0, -10.0};
  f.forearm_deg = {0.0, 0.0};
  f.foot_turn_deg = 35.0;
  return f;
}

Figure all_fours() {
  Figure f = prone();
  f.trunk_deg = 8.0;
  f.thigh_deg = {-95.0, -95.0};
  f.shank_deg = {180.0, 180.0};
  f.upper_arm_deg = {-90.0, -90.0};
  f.forearm_deg = {-90.0, -90.0};
  return f;
}

Figure kneeling() {
  Figure f;
  f.shank_deg = {180.0, 180.0};
  f.foot_turn_deg = 35.0;
  return f;
}

// Legs point down and back, never up on their way from one figure to another.
double backward(double deg) { return deg < 0.0 ? deg + 360.0 : deg; }

double between(double a, double b, double share) { return a + (b - a) * share; }

Figure between(const Figure& a, const Figure& b, double share) {
  Figure f;
  f.trunk_deg = between(a.trunk_deg, b.trunk_deg, share);
  f.head_deg = between(a.head_deg, b.head_deg, share);
  f.foot_turn_deg = between(a.foot_turn_deg, b.foot_turn_deg, share);
  for (std::size_t i = 0; i < 2; ++i) {
    f.thigh_deg[i] = between(backward(a.thigh_deg[i]), backward(b.thigh_deg[i]), share);
    f.shank_deg[i] = between(backward(a.shank_deg[i]), backward(b.shank_deg[i]), share);
    f.upper_arm_deg[i] = between(a.upper_arm_deg[i], b.upper_arm_deg[i], share);
    f.forearm_deg[i] = between(a.forearm_deg[i], b.forearm_deg[i], share);
  }
  return f;
}

Figure gait(double t, const ActivityScene& s, double steps_hz, double swing_deg,
            double least_bend_deg, double most_bend_deg) {
  Figure f;
  f.trunk_deg = 86.0;
  for (std::size_t i = 0; i < 2; ++i) {
    const double phase = t * steps_hz * s.tempo + (i == 0 ? 0.0 : 0.5);
    f.thigh_deg[i] = -88.0 + s.reach * swing_deg * wave(phase);
    bend(f, i,
         least_bend_deg +
             s.reach * (most_bend_deg - least_bend_deg) * std::max(0.0, wave(phase - 0.2)));
    f.upper_arm_deg[i] = -90.0 - 0.8 * swing_deg * wave(phase);
    f.forearm_deg[i] = f.upper_arm_deg[i] + 30.0;
  }
  return f;
}

Figure push_up(double t, const ActivityScene& s, bool on_the_knees) {
  Figure f = prone();
  const double down = s.reach * bump(t * 0.4 * s.tempo);
  const double line_deg = 24.0 - 18.0 * down;
  f.trunk_deg = line_deg;
  f.head_deg = line_deg + 10.0;
  f.upper_arm_deg = {-90.0 - 60.0 * down, -90.0 - 60.0 * down};
  f.forearm_deg = {-90.0, -90.0};
  for (std::size_t i = 0; i < 2; ++i) {
    f.thigh_deg[i] = 180.0 + line_deg;
    bend(f, i, on_the_knees ? 60.0 + line_deg : 2.0);
  }
  return f;
}

// From prone by way of all fours and kneeling to standing, and down again.
Figure getting_up(double t, const ActivityScene& s) {
  const std::array keys{prone(), all_fours(), kneeling(), Figure{}};
  constexpr double kPerKeyS = 2.5;
  const double turn = std::fmod(t * s.tempo / kPerKeyS, 6.0);
  const double along = turn < 3.0 ? turn : 6.0 - turn;
  const auto key = static_cast<std::size_t>(std::min(2.0, std::floor(along)));
  const double u = along - static_cast<double>(key);
  return between(keys[key], keys[key + 1], u * u * (3.0 - 2.0 * u));
}

Figure standing_bends(double t, const ActivityScene& s) {
  Figure f;
  f.trunk_deg = 84.0;
  const double phase = t * 0.35 * s.tempo;
  const std::size_t side = static_cast<std::size_t>(phase) % 2;
  bend(f, side, s.reach * 115.0 * bump(phase));
  return f;
}

Figure squat(double t, const ActivityScene& s) {
  Figure f;
  const double down = s.reach * bump(t * 0.35 * s.tempo);
  f.trunk_deg = 88.0 - 40.0 * down;
  f.head_deg = 88.0 - 20.0 * down;
  f.upper_arm_deg = {-90.0 + 85.0 * down, -90.0 + 85.0 * down};
  f.forearm_deg = {-80.0 + 75.0 * down, -80.0 + 75.0 * down};
  f.thigh_deg = {-88.0 + 85.0 * down, -88.0 + 85.0 * down};
  f.shank_deg = {-90.0 - 25.0 * down, -90.0 - 25.0 * down};
  return f;
}

Figure plank(double t, const ActivityScene& s) {
  Figure f = prone();
  f.trunk_deg = 12.0;
  f.head_deg = 20.0;
  f.upper_arm_deg = {-90.0, -90.0};
  for (std::size_t i = 0; i < 2; ++i) {
    // A straight leg is lifted now and then.
    const double lift = i == 0 ? std::max(0.0, wave(t * 0.15 * s.tempo)) : 0.0;
    f.thigh_deg[i] = 190.0 - s.reach * 15.0 * lift;
    bend(f, i, 2.0);
  }
  return f;
}

Figure crawl(double t, const ActivityScene& s) {
  Figure f = all_fours();
  for (std::size_t i = 0; i < 2; ++i) {
    const double phase = t * 0.8 * s.tempo + (i == 0 ? 0.0 : 0.5);
    f.thigh_deg[i] = -95.0 + 28.0 * s.reach * wave(phase);
    f.shank_deg[i] = 180.0 - 12.0 * std::max(0.0, wave(phase + 0.25));
    f.upper_arm_deg[i] = -90.0 - 25.0 * wave(phase);
    f.forearm_deg[i] = f.upper_arm_deg[i];
  }
  f.ahead_m = -1.0 + std::fmod(0.3 * t, 2.0);
  return f;
}

Figure seated(double t, const ActivityScene& s, bool on_a_chair) {
  Figure f;
  f.trunk_deg = on_a_chair ? 85.0 : 95.0;
  f.thigh_deg = {on_a_chair ? 0.0 : 2.0, on_a_chair ? 0.0 : 2.0};
  f.floor_m = on_a_chair ? 0.05 : 0.0;
  for (std::size_t i = 0; i < 2; ++i) {
    const double swing = s.reach * bump(t * 0.3 * s.tempo + (i == 0 ? 0.0 : 0.5));
    if (!on_a_chair) f.thigh_deg[i] += 50.0 * swing;
    bend(f, i, on_a_chair ? 90.0 - 40.0 * swing : 100.0 * swing);
  }
  return f;
}

// Lying face up, one knee drawn up after the other. Prone bodies have their head ahead, too.
Figure supine(double t, const ActivityScene& s) {
  Figure f = prone();
  f.trunk_deg = 0.0;
  f.head_deg = 0.0;
  f.face_up = true;
  f.upper_arm_deg = {175.0, 175.0};
  const double phase = t * 0.2 * s.tempo;
  const std::size_t side = static_cast<std::size_t>(phase) % 2;
  for (std::size_t i = 0; i < 2; ++i) {
    const double up = i == side ? s.reach * bump(phase) : 0.0;
    f.thigh_deg[i] = 180.0 - 50.0 * up;
    f.shank_deg[i] = f.thigh_deg[i] + 100.0 * up;
  }
  return f;
}

Figure figure_at(double t, const ActivityScene& s) {
  switch (s.activity) {
    case Activity::walking: {
      Figure f = gait(t, s, 0.9, 25.0, 5.0, 60.0);
      f.ahead_m = -1.2 + std::fmod(0.6 * t, 2.4);
      return f;
    }
    case Activity::running_with_heel_kicks:
      return gait(t, s, 1.3, 18.0, 15.0, 125.0);
    case Activity::standing_heel_to_buttock:
      return standing_bends(t, s);
    case Activity::squats:
      return squat(t, s);
    case Activity::plank:
      return plank(t, s);
    case Activity::push_ups:
      return push_up(t, s, false);
    case Activity::push_ups_on_the_knees:
      return push_up(t, s, true);
    case Activity::cobra: {
      Figure f = prone();
      f.trunk_deg = 2.0 + 36.0 * s.reach * bump(t * 0.12 * s.tempo);
      f.head_deg = f.trunk_deg + 25.0;
      f.upper_arm_deg = {-110.0, -110.0};
      return f;
    }
    case Activity::getting_up:
      return getting_up(t, s);
    case Activity::sitting_on_a_chair:
      return seated(t, s, true);
    case Activity::sitting_on_the_floor:
      return seated(t, s, false);
    case Activity::crawling_child:
      return crawl(t, s);
    case Activity::on_the_back:
      return supine(t, s);
    case Activity::both_feet_swinging: {
      Figure f = prone();
      for (std::size_t i = 0; i < 2; ++i) bend(f, i, 4.0 + 70.0 * s.reach * bump(t * 0.4));
      return f;
    }
    case Activity::lying_still:
      return prone();
  }
  return prone();
}

}  // namespace

std::string_view name(Activity activity) {
  constexpr std::array<std::string_view, kActivities.size()> kNames{
      "walking",
      "running with heel kicks",
      "standing, heel to buttock",
      "squats",
      "plank",
      "push-ups",
      "push-ups on the knees",
      "cobra",
      "getting up from the floor",
      "sitting on a chair",
      "sitting on the floor",
      "a crawling child",
      "lying on the back, knees drawn up",
      "both feet swinging together",
      "lying still",
  };
  return kNames.at(static_cast<std::size_t>(activity));
}

std::vector<pose::PoseFrame> perform(const ActivityScene& scene) {
  std::vector<pose::PoseFrame> out;
  Body body = scene.body;
  if (scene.activity == Activity::crawling_child) body.height_m *= 0.55;
  PoseNetworkSimulator network(scene.network, scene.camera, scene.seed);
  const auto frames = static_cast<std::int64_t>(scene.length_s * scene.fps);
  for (std::int64_t i = 0; i < frames; ++i) {
    const double t = static_cast<double>(i) / scene.fps;
    const Figure figure = figure_at(t, scene);
    const std::array<double, 2> knees{figure.thigh_deg[0] - figure.shank_deg[0],
                                      figure.thigh_deg[1] - figure.shank_deg[1]};
    const pose::Pose seen = seen_by(scene.camera, posed(body, figure));
    out.push_back({i, base::Seconds(t), scene.camera.size, network.see(t, seen, knees)});
  }
  return out;
}

}  // namespace matside::support
