#include "tests/support/random_practice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace matside::support {
namespace {

constexpr std::array<double, 4> kFullKickDeg{70.0, 85.0, 85.0, 85.0};

// When a minimum-jerk movement has done `share` of its way, as a share of its time.
double when_done(double share) {
  double low = 0.0;
  double high = 1.0;
  for (int i = 0; i < 40; ++i) {
    const double u = 0.5 * (low + high);
    (u * u * u * (10.0 - 15.0 * u + 6.0 * u * u) < share ? low : high) = u;
  }
  return low;
}

// How long a lowering takes that passes from 70 to 20 degrees in `transit_s`.
double lowering_s(double transit_s, double peak_deg) {
  return transit_s / (when_done(1.0 - 20.0 / peak_deg) - when_done(1.0 - 70.0 / peak_deg));
}

// Slower than any fault, as this person does it when all is well.
RepetitionPlan habit_of(Random& random, int level) {
  RepetitionPlan r;
  const bool slow = level >= 2;
  r.kicks = level == 0 ? 1 : 2;
  r.peak_deg = kFullKickDeg.at(static_cast<std::size_t>(level)) + random.uniform(4.0, 28.0);
  r.bend_s = random.uniform(0.8, 1.8);
  r.beat_s = random.uniform(0.5, 0.95);
  r.recoil_deg = random.uniform(16.0, 32.0);
  r.hold_s = random.uniform(0.02, 0.25);
  r.lower_s = std::min(4.5, lowering_s(random.uniform(slow ? 0.85 : 0.7, 1.1), r.peak_deg));
  r.gap_s = random.uniform(0.4, 1.4);
  r.thigh_lift_deg = level == 3 ? random.uniform(4.8, 7.5) : random.uniform(0.0, 2.5);
  r.hip_rise_m = random.uniform(0.0, 0.008);
  r.reach_m = level >= 2 ? random.uniform(0.015, 0.03) : 0.0;
  return r;
}

RepetitionPlan varied(const RepetitionPlan& habit, Random& random, int level) {
  RepetitionPlan r = habit;
  r.peak_deg = std::max(kFullKickDeg.at(static_cast<std::size_t>(level)) - 3.0,
                        r.peak_deg + random.uniform(-6.0, 6.0));
  r.bend_s *= random.uniform(0.9, 1.15);
  r.beat_s *= random.uniform(0.9, 1.1);
  r.lower_s *= random.uniform(0.95, 1.15);
  r.gap_s *= random.uniform(0.8, 1.3);
  r.chest_sink_deg = random.uniform(-1.5, 2.0);
  r.head_drop_deg = random.uniform(-5.0, 5.0);
  return r;
}

using Change = void (*)(RepetitionPlan&, Random&, int level);

struct FaultKind {
  const char* id;
  int first_level;
  int last_level;
  Change change;
};

void throw_kick(RepetitionPlan& r, Random& random, int /*level*/) {
  constexpr double kPeakOfMean = 1.875;  // minimum jerk
  r.bend_s = kPeakOfMean * r.peak_deg / random.uniform(500.0, 560.0);
}

const std::vector<FaultKind>& trunk_faults() {
  static const std::vector<FaultKind> kKinds{
      {"hips_lift", 0, 3,
       [](RepetitionPlan& r, Random& random, int) {
         r.hip_rise_m = random.uniform(0.042, 0.09);
         r.hips_from_share = random.uniform(0.0, 0.7);
       }},
      {"early_hip_motion", 0, 3,
       [](RepetitionPlan& r, Random& random, int) {
         r.hip_rise_m = random.uniform(0.018, 0.022);
         r.hips_from_share = 0.0;
         r.hips_up_share = 0.4;
         r.bend_s = std::max(r.bend_s, 1.2);
       }},
      {"chest_sink", 1, 3,
       [](RepetitionPlan& r, Random& random, int) {
         r.chest_sink_deg = random.uniform(9.0, 15.0);
       }},
      {"head_drop", 1, 3,
       [](RepetitionPlan& r, Random& random, int) {
         r.head_drop_deg = random.uniform(25.0, 40.0);
       }},
      {"head_up", 1, 3,
       [](RepetitionPlan& r, Random& random, int) {
         r.head_drop_deg = -random.uniform(25.0, 40.0);
       }},
  };
  return kKinds;
}

const std::vector<FaultKind>& leg_faults() {
  static const std::vector<FaultKind> kKinds{
      {"thigh_lift", 0, 2,
       [](RepetitionPlan& r, Random& random, int) {
         r.thigh_lift_deg = random.uniform(9.0, 18.0);
       }},
      {"thigh_too_high", 3, 3,
       [](RepetitionPlan& r, Random& random, int) {
         r.thigh_lift_deg = random.uniform(12.5, 20.0);
       }},
      {"no_thigh_lift", 3, 3,
       [](RepetitionPlan& r, Random& random, int) {
         r.thigh_lift_deg = random.uniform(0.0, 1.5);
       }},
      {"dropped_foot", 0, 3,
       [](RepetitionPlan& r, Random& random, int) { r.drop_s = random.uniform(0.32, 0.46); }},
      {"thrown_kick", 0, 3, throw_kick},
      {"missing_second_kick", 1, 3, [](RepetitionPlan& r, Random&, int) { r.kicks = 1; }},
      {"extra_kick", 0, 3, [](RepetitionPlan& r, Random&, int) { ++r.kicks; }},
      {"shallow_kick", 0, 3,
       [](RepetitionPlan& r, Random& random, int level) {
         r.peak_deg = kFullKickDeg.at(static_cast<std::size_t>(level)) -
                      random.uniform(13.0, level == 0 ? 22.0 : 35.0);
         r.recoil_deg = std::min(r.recoil_deg, 20.0);
       }},
      {"incomplete_lower", 0, 3,
       [](RepetitionPlan& r, Random& random, int) {
         r.stop_short_deg = random.uniform(25.0, 45.0);
         r.stop_hold_s = random.uniform(0.5, 1.0);
       }},
      {"pedalling", 0, 3,
       [](RepetitionPlan& r, Random& random, int) {
         r.gap_s = -random.uniform(0.5, 0.75) * r.lower_s;
       }},
      {"no_reach", 2, 2, [](RepetitionPlan& r, Random&, int) { r.reach_m = 0.0; }},
  };
  return kKinds;
}

void add_fault(RepetitionPlan& r, Random& random, int level) {
  std::vector<const FaultKind*> possible;
  for (const auto* kinds : {&trunk_faults(), &leg_faults()}) {
    for (const FaultKind& f : *kinds) {
      if (level >= f.first_level && level <= f.last_level) possible.push_back(&f);
    }
  }
  random.pick(possible)->change(r, random, level);
}

Step any_idle(Random& random, int level) {
  std::vector<Idle> kinds{Idle::still, Idle::both_feet, Idle::foot_wiggle, Idle::head_turn};
  if (level > 0) kinds.push_back(Idle::lie_down_and_up);
  return {Step::Kind::idle, {}, random.pick(kinds), random.uniform(2.5, 6.0)};
}

std::vector<Step> random_steps(Random& random, const RandomScenarioOptions& draw, int level) {
  RepetitionPlan habit = habit_of(random, level);
  if (draw.faults && random.chance(0.1)) {
    habit.lower_s = lowering_s(random.uniform(0.375, 0.39), habit.peak_deg);
  }
  const auto fewest = static_cast<std::size_t>(draw.fewest_repetitions);
  const auto most = static_cast<std::size_t>(draw.most_repetitions);
  const std::size_t count = fewest + random.below(most - fewest + 1);
  const double fault_share = draw.faults ? random.uniform(0.0, 0.6) : 0.0;
  std::vector<Step> steps;
  pose::Side side = random.chance(0.5) ? pose::Side::left : pose::Side::right;
  for (std::size_t i = 0; i < count; ++i) {
    RepetitionPlan r = varied(habit, random, level);
    r.side = side;
    if (random.chance(fault_share)) add_fault(r, random, level);
    if (random.chance(0.2 * fault_share)) add_fault(r, random, level);
    // Nobody pedals with nothing to follow, nor toward the same side, nor from a held foot.
    const bool last = i + 1 == count;
    const bool same_again = draw.faults && random.chance(0.04);
    if (r.gap_s < 0.0 && (last || same_again || r.stop_short_deg > 0.0 || r.drop_s > 0.0)) {
      r.gap_s = 0.8;
    }
    steps.push_back({Step::Kind::repetition, r, Idle::still, 0.0});
    if (!same_again) side = pose::other(side);
    if (r.gap_s > 0.0 && random.chance(0.06)) steps.push_back(any_idle(random, level));
  }
  return steps;
}

base::ImageSize random_size(Random& random) {
  const std::vector<base::ImageSize> sizes{
      {640, 360}, {640, 480}, {960, 540}, {1280, 720}, {1920, 1080}};
  return random.pick(sizes);
}

}  // namespace

NetworkNoise random_network(Random& random) {
  NetworkNoise n;
  n.scale = random.log_uniform(0.6, 1.4);
  n.bend_bias_deg = random.uniform(0.0, 6.0);
  n.raised_knee = random.uniform(0.4, 1.3);
  n.reads_knees = random.chance(0.7);
  return n;
}

Body random_body(Random& random) {
  Body b;
  b.height_m = random.uniform(1.48, 1.95);
  b.thigh_ratio *= random.uniform(0.94, 1.06);
  b.shank_ratio *= random.uniform(0.94, 1.06);
  b.trunk_ratio *= random.uniform(0.95, 1.05);
  b.upper_arm_ratio *= random.uniform(0.95, 1.05);
  b.forearm_ratio *= random.uniform(0.95, 1.05);
  b.neck_ratio *= random.uniform(0.9, 1.1);
  b.hip_half_width_ratio *= random.uniform(0.85, 1.2);
  b.shoulder_half_width_ratio *= random.uniform(0.9, 1.1);
  b.hip_above_mat_m = random.uniform(0.085, 0.12);
  b.knee_above_mat_m = random.uniform(0.05, 0.07);
  b.straight_knee_deg = random.uniform(1.0, 9.0);
  return b;
}

Camera recommended_camera(Random& random, const Body& body) {
  Camera c;
  c.size = random_size(random);
  c.height_m = random.uniform(0.20, 0.35);
  c.yaw_deg = random.uniform(-10.0, 10.0);
  c.tilt_deg = random.uniform(-2.0, 3.0);
  c.roll_deg = random.uniform(-3.0, 3.0);
  c.hfov_deg = random.uniform(58.0, 72.0);
  c.side = random.chance(0.5) ? pose::Side::left : pose::Side::right;
  const double half_view = std::tan(0.5 * c.hfov_deg * std::numbers::pi / 180.0);
  const double whole_body_m = 1.27 * body.height_m / (2.0 * half_view);
  c.distance_m = std::max(whole_body_m, random.uniform(2.0, 2.5));
  return c;
}

Practice random_practice(std::uint64_t seed, const RandomScenarioOptions& draw) {
  Random random(seed);
  const std::vector<double> rates{24.0, 25.0, 30.0, 30.0, 50.0, 60.0};
  Practice p;
  p.level = static_cast<int>(random.below(4));
  p.body = random_body(random);
  p.camera = recommended_camera(random, p.body);
  p.trunk_incline_deg = p.level == 0 ? random.uniform(0.0, 7.0) : random.uniform(24.0, 34.0);
  p.rises_to_forearms = p.level > 0 && random.chance(0.6);
  p.elbow_forward_deg = random.uniform(-5.0, 18.0);
  p.breathing_deg = random.uniform(0.0, 0.6);
  p.shank_out_deg = random.uniform(-2.0, 8.0);
  p.fps = random.pick(rates);
  if (draw.faults && random.chance(0.08)) {
    p.elbow_forward_deg =
        random.chance(0.5) ? random.uniform(36.0, 45.0) : -random.uniform(15.0, 25.0);
  }
  if (draw.faults && random.chance(0.08)) p.rocking_deg = random.uniform(17.0, 24.0);
  if (draw.uneven_times && random.chance(0.4)) {
    p.time_jitter = random.uniform(0.0, 0.6);
    p.frames_skipped = random.uniform(0.0, 0.03);
  }
  p.network = random_network(random);
  p.steps = random_steps(random, draw, p.level);
  p.seed = random.bits();
  return p;
}

ActivityScene random_scene(Activity activity, std::uint64_t seed) {
  Random random(seed);
  ActivityScene s;
  s.activity = activity;
  s.body = random_body(random);
  s.camera = recommended_camera(random, s.body);
  s.camera.yaw_deg = random.uniform(-20.0, 20.0);
  s.camera.height_m = random.uniform(0.2, 0.8);
  s.camera.distance_m = random.uniform(2.0, 3.5);
  s.tempo = random.uniform(0.7, 1.4);
  s.reach = random.uniform(0.8, 1.1);
  const std::vector<double> rates{24.0, 30.0, 60.0};
  s.fps = random.pick(rates);
  s.network = random_network(random);
  s.network.swaps_per_min = 3.0;
  s.seed = random.bits();
  return s;
}

}  // namespace matside::support
