#include "tests/support/random_cycle_practice.h"

#include <algorithm>
#include <utility>

#include "tests/support/cycle_habit.h"
#include "tests/support/cycle_truth.h"
#include "tests/support/random_practice.h"

namespace matside::support {
namespace {

using exercise::Channel;
using exercise::CycleRule;
using exercise::Definition;

constexpr int kTries = 40;
constexpr int kFaultTries = 25;
constexpr double kPropsFromDeg = 15.0;

double resting_trunk_deg(Random& random, const exercise::Level& level) {
  const double low = std::max(0.0, level.trunk_min.value);
  const double high = std::min(level.trunk_max.value, low + 15.0);
  return low + random.uniform(0.2, 0.8) * std::max(0.0, high - low);
}

// On the forearms, or with the hands under the forehead, beside the ribs or on the back.
base::WorldPoint resting_elbows(Random& random, const Practice& p) {
  const double trunk_m = p.body.trunk_ratio * p.body.height_m;
  const base::WorldPoint shoulder =
      step({0.0, p.body.hip_above_mat_m, 0.0}, trunk_m, p.trunk_incline_deg);
  if (p.trunk_incline_deg > kPropsFromDeg) {
    return step(shoulder, shoulder.y_m, -90.0 + p.elbow_forward_deg);
  }
  switch (random.below(3)) {
    case 0:
      return {shoulder.x_m + 0.15, 0.04, 0.0};
    case 1:
      return {shoulder.x_m - 0.15, 0.14, 0.0};
    default:
      return {shoulder.x_m - 0.24, 0.17, 0.0};
  }
}

Practice random_setting(Random& random, const Definition& definition, int level,
                        const RandomCycleOptions& draw) {
  const std::vector<double> rates{24.0, 25.0, 30.0, 30.0, 50.0, 60.0};
  Practice p;
  p.level = level;
  p.body = random_body(random);
  p.camera = recommended_camera(random, p.body);
  p.trunk_incline_deg = resting_trunk_deg(random, *definition.level(level));
  p.rises_to_forearms = p.trunk_incline_deg > kPropsFromDeg && random.chance(0.6);
  p.elbow_forward_deg = random.uniform(-5.0, 18.0);
  p.breathing_deg = random.uniform(0.0, 0.4);
  p.shank_out_deg = random.uniform(-2.0, 8.0);
  p.fps = random.pick(rates);
  if (draw.uneven_times && random.chance(0.4)) {
    p.time_jitter = random.uniform(0.0, 0.6);
    p.frames_skipped = random.uniform(0.0, 0.03);
  }
  p.network = random_network(random);
  // As the project's own networks read the rendered clips of three such exercises.
  p.network->still_drift = 0.35;
  p.network->gain = 0.08;
  return p;
}

/// Draws repetitions and tries them before they are taken into the practice.
class RepetitionDrawer {
 public:
  RepetitionDrawer(Random& random, const CyclePractice& practice)
      : random_(random),
        practice_(practice),
        definition_(*practice.definition),
        level_(practice.setting.level),
        habit_(habit_of(random, definition_, level_)) {}

  /// As clear of every rule as tries allow.
  CyclePlan clean(pose::Side side, double size) {
    CyclePlan habit = habit_;
    for (double& peak : habit.peaks) peak *= size;
    CyclePlan best;
    std::size_t least = kDoubts;
    for (int i = 0; i < kTries && least > 0; ++i) {
      CyclePlan plan = varied(habit, random_, definition_, level_);
      plan.side = side;
      add_company(plan, random_, definition_, level_);
      const CycleRepetition truth = tried(plan);
      const std::size_t doubts =
          is_none(plan) ? kDoubts - 1 : 10 * truth.faults.size() + truth.doubtful.size();
      if (doubts >= least) continue;
      least = doubts;
      best = std::move(plan);
    }
    return best;
  }

  /// The plan with a fault of any rule of the level, if one can be made.
  CyclePlan faulty(const CyclePlan& plan) {
    const auto rules = rules_at(definition_, level_);
    if (rules.empty()) return plan;
    for (int i = 0; i < kFaultTries; ++i) {
      const CycleRule& rule = *random_.pick(rules);
      CyclePlan changed = plan;
      if (!add_fault(changed, random_, definition_, rule) || is_none(changed)) continue;
      const CycleRepetition truth = tried(changed);
      if (std::ranges::find(truth.faults, rule.id) != truth.faults.end()) return changed;
    }
    return plan;
  }

 private:
  static constexpr std::size_t kDoubts = 1000;

  // Longer or shorter than a repetition may be, or another exercise's movement.
  [[nodiscard]] bool is_none(const CyclePlan& plan) const {
    const exercise::CycleRules& rules = *definition_.cycle;
    for (const exercise::CycleExclusion& e : rules.not_while) {
      const double most = 0.85 * e.above.value;
      const auto exceeds = [&](const ChannelMove& m) {
        return joint_of(m.channel) == joint_of(e.channel) && m.value > most;
      };
      if (std::ranges::any_of(plan.others, exceeds)) return true;
      if (std::ranges::any_of(plan.extensions, exceeds)) return true;
    }
    const double end_s = outline_of(plan, rules.sides, practice_.setting.camera.side).end_s;
    return end_s > 0.9 * rules.longest.value || end_s < 1.2 * rules.duration_min.value;
  }

  [[nodiscard]] CycleRepetition tried(const CyclePlan& plan) const {
    constexpr double kStartS = 2.0;
    JointMotion movement;
    movement.trunk_deg = MotionTrack(practice_.setting.trunk_incline_deg);
    movement.breathing_deg = practice_.setting.breathing_deg;
    movement.lift_rocking_deg = practice_.lift_rocking_deg;
    const CycleOutline outline = add_repetition(movement, practice_, plan, kStartS,
                                                practice_.setting.trunk_incline_deg, 0.0);
    return true_repetition(practice_, movement, plan, outline);
  }

  Random& random_;
  const CyclePractice& practice_;
  const Definition& definition_;
  int level_;
  CyclePlan habit_;
};

CycleStep any_idle(Random& random, const Definition& definition) {
  std::vector<CycleIdle> kinds{CycleIdle::still, CycleIdle::twitch};
  if (definition.cycle->channel != Channel::neck_angle) kinds.push_back(CycleIdle::head_turn);
  CycleStep step{CycleStep::Kind::idle};
  step.idle = random.pick(kinds);
  step.idle_s = random.uniform(2.0, 6.0);
  return step;
}

std::vector<CycleStep> random_steps(Random& random, const CyclePractice& practice,
                                    const RandomCycleOptions& draw) {
  constexpr double kTrunkDriftDeg = 0.25;
  constexpr double kNeckDriftDeg = 0.7;
  RepetitionDrawer drawer(random, practice);
  const auto fewest = static_cast<std::size_t>(draw.fewest_repetitions);
  const auto most = static_cast<std::size_t>(draw.most_repetitions);
  const std::size_t count = fewest + random.below(most - fewest + 1);
  // People tire, or warm up.
  const double drift = random.uniform(-0.06, 0.04);
  std::vector<CycleStep> steps;
  pose::Side side = random.chance(0.5) ? pose::Side::left : pose::Side::right;
  for (std::size_t i = 0; i < count; ++i) {
    const double done = static_cast<double>(i) / static_cast<double>(count);
    CyclePlan plan = drawer.clean(side, 1.0 + drift * done);
    if (draw.faults && random.chance(draw.fault_share)) {
      plan = drawer.faulty(plan);
      if (random.chance(0.1)) plan = drawer.faulty(plan);
    }
    CycleStep step{CycleStep::Kind::repetition, std::move(plan)};
    step.trunk_drift_deg = kTrunkDriftDeg * random.normal();
    step.neck_drift_deg = kNeckDriftDeg * random.normal();
    steps.push_back(std::move(step));
    side = pose::other(side);
    if (random.chance(0.06)) steps.push_back(any_idle(random, *practice.definition));
  }
  return steps;
}

}  // namespace

CyclePractice random_cycle_practice(const Definition& definition, int level, std::uint64_t seed,
                                    const RandomCycleOptions& draw) {
  Random random(seed);
  CyclePractice p;
  p.definition = &definition;
  p.setting = random_setting(random, definition, level, draw);
  p.elbows = resting_elbows(random, p.setting);
  p.lift_rocking_deg = random.uniform(0.0, 3.0);
  p.steps = random_steps(random, p, draw);
  p.setting.seed = random.bits();
  return p;
}

CyclePractice calm_cycle_practice(const Definition& definition, int level, int repetitions,
                                  std::uint64_t seed) {
  constexpr double kBefore_s = 30.0;
  constexpr double kGap_s = 5.0;
  constexpr double kAfter_s = 14.0;
  const int all = definition.by_side() ? 2 * repetitions : repetitions;
  CyclePractice practice = random_cycle_practice(
      definition, level, seed,
      {.faults = false, .fewest_repetitions = all, .most_repetitions = all});
  std::vector<CycleStep>& steps = practice.steps;
  const auto still = [](double seconds) {
    return CycleStep{.kind = CycleStep::Kind::idle, .idle_s = seconds};
  };
  std::erase_if(steps,
                [](const CycleStep& step) { return step.kind == CycleStep::Kind::idle; });
  for (CycleStep& step : steps) step.repetition.gap_s = kGap_s;
  steps.insert(steps.begin(), still(kBefore_s));
  steps.push_back(still(kAfter_s));
  return practice;
}

}  // namespace matside::support
