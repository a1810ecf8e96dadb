// The simulator of exercises described by channels: what is filmed is what the truth says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <set>

#include "tests/support/cycle_habit.h"
#include "tests/support/cycle_truth.h"
#include "tests/support/exercise.h"
#include "tests/support/random_cycle_practice.h"

namespace matside::support {
namespace {

using exercise::Channel;
using exercise::CycleReading;
using exercise::CycleRule;
using exercise::CycleRules;
using exercise::CycleSides;
using exercise::Definition;
using exercise::LegChoice;
using exercise::Phase;
using exercise::Statistic;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

exercise::Threshold number(double value) { return {value, "deg", "matside", {}}; }

CycleRule rule(const char* id, const CycleReading& reading, bool above, double threshold,
               double duration_s = 0.0) {
  CycleRule out;
  out.id = id;
  out.reading = reading;
  out.above = above;
  out.threshold = number(threshold);
  out.levels = {1};
  if (duration_s > 0.0) out.duration = number(duration_s);
  return out;
}

// With the kick's noise at rest; level 0 has no rules.
Definition exercise_of(Channel channel, CycleSides sides, int peaks, double start,
                       double counted) {
  Definition d = single_leg_kick();
  CycleRules c;
  c.channel = channel;
  c.sides = sides;
  c.start = number(start);
  c.rest_below = number(0.6 * start);
  c.counted_from = number(counted);
  c.peak_prominence = number(channel == Channel::knee_flexion ? 8.0 : 1.5);
  c.duration_min = number(0.6);
  c.longest = number(20.0);
  c.rest_hold = number(0.25);
  d.cycle = c;
  d.levels.resize(2);
  for (exercise::Level& level : d.levels) {
    level.kicks = peaks;
    level.trunk_min = number(0.0);
    level.trunk_max = number(10.0);
  }
  return d;
}

constexpr Phase kWhole = Phase::whole;
constexpr LegChoice kMoving = LegChoice::moving;

Definition pulses_with_chest_lift() {
  Definition d = exercise_of(Channel::knee_flexion, CycleSides::both, 3, 20.0, 30.0);
  const Channel knee = Channel::knee_flexion;
  const Channel trunk = Channel::trunk_incline;
  d.cycle->lasts_while = {{trunk, number(2.5)}};
  d.cycle->rules = {
      rule("hips_lift", {Channel::hip_rise, kMoving, Statistic::greatest, Phase::top}, true,
           0.07, 0.25),
      rule("neck", {Channel::neck_angle, kMoving, Statistic::greatest, Phase::after}, true,
           28.0, 0.3),
      rule("collapse", {trunk, kMoving, Statistic::fall_time, Phase::after}, false, 0.31),
      rule("dropped", {knee, kMoving, Statistic::fall_time, kWhole}, false, 0.38),
      rule("legs_apart", {knee, LegChoice::both, Statistic::legs_lag, kWhole}, true, 0.2),
      rule("missing", {knee, kMoving, Statistic::peaks, kWhole}, false, -0.5),
      rule("extra", {knee, kMoving, Statistic::peaks, kWhole}, true, 0.5),
      rule("shallow", {knee, kMoving, Statistic::at_peaks, kWhole}, false, 75.0),
      rule("small_chest_lift", {trunk, kMoving, Statistic::greatest, kWhole}, false, 7.5)};
  return d;
}

Definition leg_lift() {
  Definition d = exercise_of(Channel::leg_lift, CycleSides::alternating, 1, 2.0, 2.5);
  const Channel leg = Channel::leg_lift;
  d.cycle->rules = {
      rule("too_high", {leg, kMoving, Statistic::greatest, kWhole}, true, 22.0, 0.2),
      rule("knee_bends", {Channel::knee_flexion, kMoving, Statistic::greatest, kWhole}, true,
           20.0, 0.25),
      rule("other_lifts", {leg, LegChoice::other, Statistic::greatest, kWhole}, true, 5.0),
      rule("dropped", {leg, kMoving, Statistic::fall_time, kWhole}, false, 0.28),
      rule("short_hold", {leg, kMoving, Statistic::time_up, kWhole, 0.8}, false, 1.5),
      rule("long_hold", {leg, kMoving, Statistic::time_up, kWhole, 0.8}, true, 6.0),
      rule("small", {leg, kMoving, Statistic::at_peaks, kWhole}, false, 8.0)};
  return d;
}

Definition chest_lift() {
  Definition d = exercise_of(Channel::trunk_incline, CycleSides::none, 1, 2.0, 2.5);
  const Channel trunk = Channel::trunk_incline;
  const Channel neck = Channel::neck_angle;
  d.cycle->rules = {
      rule("too_high", {trunk, kMoving, Statistic::greatest, kWhole}, true, 27.0, 0.2),
      rule("head_leads", {neck, kMoving, Statistic::greatest, Phase::onset}, true, 30.0, 0.15),
      rule("head_hangs", {neck, kMoving, Statistic::least, Phase::top}, false, -18.0, 0.3),
      rule("legs_lift", {Channel::thigh_lift, LegChoice::either, Statistic::greatest, kWhole},
           true, 7.0, 0.25),
      rule("fast", {trunk, kMoving, Statistic::fall_time, kWhole}, false, 0.38),
      rule("short_hold", {trunk, kMoving, Statistic::time_up, kWhole, 0.8}, false, 1.7),
      rule("small", {trunk, kMoving, Statistic::at_peaks, kWhole}, false, 10.0)};
  return d;
}

// Nobody teaches it: the chest must come along while the knees bend.
Definition bends_with_chest() {
  Definition d = exercise_of(Channel::knee_flexion, CycleSides::none, 1, 20.0, 30.0);
  d.cycle->rules = {rule("no_chest",
                         {Channel::trunk_incline, kMoving, Statistic::greatest, Phase::rise},
                         false, 8.0)};
  return d;
}

const std::vector<Definition>& exercises() {
  static const std::vector<Definition> kAll{pulses_with_chest_lift(), leg_lift(), chest_lift(),
                                            bends_with_chest()};
  return kAll;
}

double elevation_deg(const Skeleton& s, pose::Landmark from, pose::Landmark to) {
  const base::WorldPoint a = s[pose::index(from)];
  const base::WorldPoint b = s[pose::index(to)];
  return std::atan2(b.y_m - a.y_m, std::abs(b.x_m - a.x_m)) * 180.0 / std::numbers::pi;
}

// The cycle's channel of a body in the room, of one leg.
double channel_of(const Skeleton& s, Channel channel, pose::Side side) {
  const auto joint = [&](pose::Landmark left) { return pose::on_side(left, side); };
  const pose::Landmark hip = joint(pose::Landmark::left_hip);
  const pose::Landmark ankle = joint(pose::Landmark::left_ankle);
  if (channel == Channel::trunk_incline) {
    return elevation_deg(s, hip, joint(pose::Landmark::left_shoulder));
  }
  if (channel == Channel::leg_lift) return elevation_deg(s, hip, ankle);
  const base::WorldPoint h = s[pose::index(hip)];
  const base::WorldPoint k = s[pose::index(joint(pose::Landmark::left_knee))];
  const base::WorldPoint a = s[pose::index(ankle)];
  const double thigh = std::atan2(k.y_m - h.y_m, k.x_m - h.x_m);
  const double shank = std::atan2(a.y_m - k.y_m, a.x_m - k.x_m);
  return std::remainder(thigh - shank, 2.0 * std::numbers::pi) * 180.0 / std::numbers::pi;
}

std::size_t frame_at(const CycleSession& s, double time_s) {
  std::size_t i = 0;
  while (i + 1 < s.frames.size() && s.frames[i].time.value() < time_s) ++i;
  return i;
}

TEST(CyclePractice, is_filmed_as_its_truth_says) {
  for (const Definition& d : exercises()) {
    CyclePractice p = random_cycle_practice(d, 1, 5, {.faults = false, .uneven_times = false});
    p.setting.shank_out_deg = 0.0;
    p.setting.breathing_deg = 0.0;
    p.setting.fps = 60.0;
    p.lift_rocking_deg = 0.0;
    for (CycleStep& step : p.steps) {
      step.repetition.others.clear();
      step.trunk_drift_deg = 0.0;
    }
    const CycleSession s = perform(p);
    const Channel channel = d.cycle->channel;
    ASSERT_FALSE(s.repetitions.empty());
    for (const CycleRepetition& r : s.repetitions) {
      const pose::Side side = r.side == exercise::KickingSide::left    ? pose::Side::left
                              : r.side == exercise::KickingSide::right ? pose::Side::right
                                                                       : p.setting.camera.side;
      const auto seen = [&](double time_s) {
        return channel_of(s.world_landmarks[frame_at(s, time_s)], channel, side);
      };
      const double rest = seen(r.start_s - 0.1);
      for (const CyclePeak& peak : r.peaks) {
        EXPECT_NEAR(seen(peak.time_s) - rest, peak.value, 0.02 * peak.value + 0.1);
      }
      EXPECT_NEAR(seen(r.end_s + 0.1) - rest, 0.0, 0.3);
    }
  }
}

TEST(CyclePractice, takes_the_number_of_peaks_and_the_sides_from_the_exercise) {
  const CycleSession pulses =
      rehearse(random_cycle_practice(exercises()[0], 1, 3, {.faults = false}));
  for (const CycleRepetition& r : pulses.repetitions) {
    EXPECT_EQ(r.peaks.size(), 3U);
    EXPECT_EQ(r.side, exercise::KickingSide::both);
  }
  const CycleSession lifts =
      rehearse(random_cycle_practice(exercises()[1], 1, 3, {.faults = false}));
  for (std::size_t i = 1; i < lifts.repetitions.size(); ++i) {
    EXPECT_NE(lifts.repetitions[i].side, lifts.repetitions[i - 1].side);
    EXPECT_NE(lifts.repetitions[i].side, exercise::KickingSide::both);
  }
}

TEST(CyclePractice, is_extended_where_the_level_asks_for_it) {
  const Definition& d = exercises()[0];
  Random random(4);
  const CyclePlan asked = varied(habit_of(random, d, 1), random, d, 1);
  ASSERT_EQ(asked.extensions.size(), 1U);
  EXPECT_GT(asked.extensions[0].value, 7.5);
  EXPECT_GT(asked.extensions[0].up_s, outline_of(asked, CycleSides::both, {}).lowering_s);
  EXPECT_TRUE(varied(habit_of(random, d, 0), random, d, 0).extensions.empty());
}

TEST(CyclePractice, keeps_the_feet_on_the_mat_when_the_hips_rise) {
  JointMotion movement;
  movement.hips_m.move(0.0, 1.0, 0.08);
  const Body body;
  const auto height_m = [&](double time_s, pose::Landmark joint) {
    return posed(body, posture_at(movement, body, time_s))[pose::index(joint)].y_m;
  };
  EXPECT_NEAR(height_m(1.0, pose::Landmark::left_ankle),
              height_m(0.0, pose::Landmark::left_ankle), 1e-6);
  EXPECT_NEAR(height_m(1.0, pose::Landmark::left_hip),
              height_m(0.0, pose::Landmark::left_hip) + 0.08, 1e-9);
}

TEST(RandomCyclePractice, is_clear_of_every_rule_where_it_is_clean) {
  int repetitions = 0;
  int doubtful = 0;
  for (const Definition& d : exercises()) {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
      const CyclePractice p = random_cycle_practice(d, 1, seed, {.faults = false});
      for (const CycleRepetition& r : rehearse(p).repetitions) {
        ++repetitions;
        EXPECT_THAT(r.faults, IsEmpty()) << seed;
        doubtful += r.doubtful.empty() ? 0 : 1;
      }
    }
  }
  EXPECT_LT(doubtful, 0.02 * repetitions);
}

// A practice of three clean repetitions, of which the second gets a fault of the rule.
CyclePractice with_fault(const Definition& d, const CycleRule& rule, std::uint64_t seed) {
  CyclePractice p = random_cycle_practice(
      d, 1, seed, {.faults = false, .fewest_repetitions = 3, .most_repetitions = 3});
  std::erase_if(p.steps, [](const CycleStep& s) { return s.kind == CycleStep::Kind::idle; });
  Random random(seed);
  EXPECT_TRUE(add_fault(p.steps[1].repetition, random, d, rule)) << rule.id;
  return p;
}

TEST(CycleFaults, of_each_rule_are_beyond_its_threshold) {
  for (const Definition& d : exercises()) {
    for (const CycleRule* rule : rules_at(d, 1)) {
      int there = 0;
      constexpr int kPractices = 10;
      for (std::uint64_t seed = 1; seed <= kPractices; ++seed) {
        const CyclePractice p = with_fault(d, *rule, seed);
        const CycleSession s = rehearse(p);
        const auto reading =
            true_reading(p, s.movement, p.steps[1].repetition, s.outlines[1], *rule);
        ASSERT_TRUE(reading.has_value());
        const double sign = rule->above ? 1.0 : -1.0;
        EXPECT_GT(sign * reading->high, sign * rule->threshold.value) << rule->id << seed;
        const auto& faults = s.repetitions[1].faults;
        there += std::ranges::count(faults, rule->id) > 0 ? 1 : 0;
        EXPECT_THAT(s.repetitions[0].faults, IsEmpty()) << rule->id;
        EXPECT_THAT(s.repetitions[2].faults, IsEmpty()) << rule->id;
      }
      EXPECT_GE(there, 8) << rule->id;
    }
  }
}

TEST(CycleFaults, show_as_the_body_moves) {
  const auto truth_with = [](const Definition& d, std::size_t rule) {
    const CyclePractice p = with_fault(d, d.cycle->rules[rule], 2);
    return rehearse(p).repetitions[1];
  };
  EXPECT_EQ(truth_with(exercises()[0], 5).peaks.size(), 2U);
  EXPECT_EQ(truth_with(exercises()[0], 6).peaks.size(), 4U);
  const CycleRepetition small = truth_with(exercises()[1], 6);
  EXPECT_LT(small.peaks[0].value, 6.0);
  EXPECT_GT(small.peaks[0].value, exercises()[1].cycle->counted_from.value);
  const CycleRepetition held = truth_with(exercises()[1], 5);
  EXPECT_GT(held.end_s - held.start_s, 7.5);
}

TEST(CycleTruth, is_doubtful_near_a_threshold) {
  const Definition& d = exercises()[1];
  CyclePractice p = random_cycle_practice(d, 1, 1, {.faults = false});
  std::erase_if(p.steps, [](const CycleStep& s) { return s.kind == CycleStep::Kind::idle; });
  // On either side of 8 degrees.
  for (const double peak : {7.4, 8.3}) {
    p.steps[0].repetition.peaks = {peak};
    const CycleRepetition r = rehearse(p).repetitions[0];
    EXPECT_THAT(r.doubtful, Contains("small"));
    EXPECT_THAT(r.faults, Not(Contains("small")));
  }
}

TEST(CycleTruth, leaves_out_what_an_earlier_fault_hides) {
  Definition d = leg_lift();
  const CyclePractice p = with_fault(d, d.cycle->rules[4], 3);
  ASSERT_THAT(rehearse(p).repetitions[1].faults, Contains("short_hold"));
  d.cycle->rules[0].threshold.value = 1.0;
  d.cycle->rules[4].unless = {"too_high"};
  CyclePractice hidden = p;
  hidden.definition = &d;
  EXPECT_THAT(rehearse(hidden).repetitions[1].faults, Contains("too_high"));
  EXPECT_THAT(rehearse(hidden).repetitions[1].faults, Not(Contains("short_hold")));
}

TEST(CycleTruth, has_margins_of_a_quarter_or_of_the_noise) {
  const Definition& d = exercises()[1];
  const auto margin = [&](std::size_t i) { return margin_of(d.cycle->rules[i], d); };
  EXPECT_NEAR(margin(0), 0.25 * 22.0, 1e-9);
  EXPECT_NEAR(margin(1), 3.0 * d.measurement.rest_noise_knee.value, 1e-9);
  EXPECT_NEAR(margin(4), 0.25 * 1.5, 1e-9);
}

TEST(CycleTruth, holds_a_fault_against_a_rule_only_at_its_levels) {
  const Definition& d = exercises()[1];
  CyclePractice p = random_cycle_practice(d, 1, 1, {.faults = false});
  p.setting.level = 0;
  p.steps[0].repetition.peaks = {4.0};
  EXPECT_THAT(rehearse(p).repetitions[0].faults, IsEmpty());
}

TEST(RandomCyclePractice, is_the_same_for_the_same_seed_and_has_rising_times) {
  const Definition& d = exercises()[0];
  const CycleSession once = perform(random_cycle_practice(d, 1, 11));
  const CycleSession again = perform(random_cycle_practice(d, 1, 11));
  const CycleSession other = perform(random_cycle_practice(d, 1, 12));
  ASSERT_EQ(once.frames.size(), again.frames.size());
  EXPECT_NE(once.frames.size(), other.frames.size());
  for (std::size_t i = 0; i < once.frames.size(); ++i) {
    EXPECT_EQ(once.frames[i].time, again.frames[i].time);
    ASSERT_EQ(once.frames[i].pose.has_value(), again.frames[i].pose.has_value());
    if (once.frames[i].pose) {
      EXPECT_EQ((*once.frames[i].pose)[pose::Landmark::left_ankle].position.x_px,
                (*again.frames[i].pose)[pose::Landmark::left_ankle].position.x_px);
    }
    if (i > 0) {
      EXPECT_GT(once.frames[i].time, once.frames[i - 1].time);
    }
  }
}

TEST(RandomCyclePractice, has_faults_of_every_rule_in_about_two_repetitions_of_five) {
  for (const Definition& d : exercises()) {
    int repetitions = 0;
    int faulty = 0;
    std::set<std::string> seen;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      for (const CycleRepetition& r : rehearse(random_cycle_practice(d, 1, seed)).repetitions) {
        ++repetitions;
        faulty += r.faults.empty() ? 0 : 1;
        seen.insert(r.faults.begin(), r.faults.end());
      }
    }
    EXPECT_NEAR(static_cast<double>(faulty) / repetitions, 0.4, 0.08);
    for (const CycleRule& rule : d.cycle->rules) EXPECT_THAT(seen, Contains(rule.id));
  }
}

TEST(RandomCyclePractice, can_perform_every_exercise_with_each_of_its_faults) {
  const std::string root = MATSIDE_SOURCE_DIR;
  for (const char* file :
       {"/data/exercises/moves/double_leg_kick.json",
        "/data/exercises/moves/prone_leg_lift.json",
        "/data/exercises/moves/swan_preparation.json", "/tests/data/moves/heel_press.json",
        "/tests/data/moves/slow_curl.json"}) {
    const auto loaded = load_cycle_exercise(root + file);
    ASSERT_TRUE(loaded) << loaded.error().message;
    const Definition& d = loaded.value();
    for (const exercise::Level& level : d.levels) {
      std::set<std::string> seen;
      for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        const CyclePractice p = random_cycle_practice(d, level.number, seed);
        for (const CycleRepetition& r : rehearse(p).repetitions) {
          seen.insert(r.faults.begin(), r.faults.end());
        }
      }
      for (const CycleRule* rule : rules_at(d, level.number)) {
        EXPECT_THAT(seen, Contains(rule->id)) << file << level.number;
      }
    }
  }
}

}  // namespace
}  // namespace matside::support
