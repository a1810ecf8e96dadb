// What is measured of repetitions and sets, against the exact truth of simulated practices.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <optional>
#include <vector>

#include "core/engine/session.h"
#include "core/signal/sparc.h"
#include "tests/support/exercise.h"
#include "tests/support/random_practice.h"

namespace matside {
namespace {

using engine::Analysis;
using exercise::Measured;
using exercise::Measures;
using support::GroundTruthMeasures;
using support::Practice;
using support::RepetitionPlan;
using support::SimulatedSession;

Analysis analysed(const SimulatedSession& performed, int level) {
  auto session = engine::Session::create(support::single_leg_kick(), level);
  EXPECT_TRUE(session.ok());
  for (const pose::PoseFrame& frame : performed.frames) session.value().push(frame);
  session.value().finish();
  return session.value().analysis();
}

constexpr std::uint64_t kFirstSeed = 100000;

struct MeasuredPractice {
  Analysis analysis;
  std::vector<support::GroundTruthRepetition> truth;
};

// Practices before recommended cameras, through a pose network, with uneven frame times and
// lost frames, each with its truth.
std::vector<MeasuredPractice> random_practices(std::uint64_t count,
                                               const support::RandomScenarioOptions& draw) {
  std::vector<MeasuredPractice> out;
  for (std::uint64_t seed = 1; seed <= count; ++seed) {
    const Practice practice = support::random_practice(kFirstSeed + seed, draw);
    SimulatedSession performed = perform(practice);
    Analysis analysis = analysed(performed, practice.level);
    // A repetition too many or too few is another test's matter.
    if (analysis.repetitions.size() != performed.repetitions.size()) continue;
    out.push_back({std::move(analysis), std::move(performed.repetitions)});
  }
  return out;
}

struct Case {
  const char* name;
  std::optional<Measured> Measures::*measured;
  std::optional<double> GroundTruthMeasures::*truth;
  double most_rms;          ///< of the errors, in the measure's unit
  double least_measured;    ///< share of those that are there
  double least_within_one;  ///< share within one stated deviation ...
  double least_within_two;  ///< ... and two
};

// Of a normal error 0.68 and 0.95 are within one and two.
constexpr std::array<Case, 10> kCases{{
    {"greatest_bend_deg", &Measures::greatest_bend_deg, &GroundTruthMeasures::greatest_bend_deg,
     5.5, 0.98, 0.65, 0.94},
    {"rise_s", &Measures::rise_s, &GroundTruthMeasures::rise_s, 0.05, 0.97, 0.68, 0.95},
    {"beat_interval_s", &Measures::beat_interval_s, &GroundTruthMeasures::beat_interval_s, 0.13,
     0.97, 0.68, 0.95},
    {"lowering_s", &Measures::lowering_s, &GroundTruthMeasures::lowering_s, 0.18, 0.96, 0.65,
     0.90},
    {"transit_70_20_s", &Measures::transit_70_20_s, &GroundTruthMeasures::transit_70_20_s, 0.12,
     0.94, 0.68, 0.95},
    {"lowering_smoothness", &Measures::lowering_smoothness,
     &GroundTruthMeasures::lowering_smoothness, 0.5, 0.96, 0.58, 0.95},
    {"hips_still_share", &Measures::hips_still_share, &GroundTruthMeasures::hips_still_share,
     0.08, 0.98, 0.68, 0.93},
    {"hip_moves_at_deg", &Measures::hip_moves_at_deg, &GroundTruthMeasures::hip_moves_at_deg,
     9.0, 0.65, 0.68, 0.88},
    {"chest_fall_deg", &Measures::chest_fall_deg, &GroundTruthMeasures::chest_fall_deg, 0.7,
     0.98, 0.68, 0.94},
    {"duration_s", &Measures::duration_s, &GroundTruthMeasures::duration_s, 0.18, 0.95, 0.68,
     0.92},
}};
// Nor is the stated deviation so large that it says nothing.
constexpr double kMostWithinOne = 0.92;

struct Agreement {
  double there = 0.0;  ///< in truth
  double measured = 0.0;
  double squares = 0.0;
  double within_one = 0.0;
  double within_two = 0.0;

  void add(const Measured& value, double truth) {
    const double error = value.value - truth;
    measured += 1.0;
    squares += error * error;
    within_one += std::abs(error) <= value.deviation() ? 1.0 : 0.0;
    within_two += std::abs(error) <= 2.0 * value.deviation() ? 1.0 : 0.0;
  }
};

TEST(Uncertainty, covers_the_truth_as_often_as_stated) {
  const auto practices = random_practices(200, {});
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.name);
    Agreement all;
    for (const MeasuredPractice& seen : practices) {
      for (std::size_t i = 0; i < seen.truth.size(); ++i) {
        const auto& truth = seen.truth[i].measures.*c.truth;
        if (!truth) continue;
        all.there += 1.0;
        const auto& value = seen.analysis.repetitions[i].measures.*c.measured;
        if (value) all.add(*value, *truth);
      }
    }
    ASSERT_GT(all.measured, 50.0);
    const double rms = std::sqrt(all.squares / all.measured);
    const double within_one = all.within_one / all.measured;
    const double within_two = all.within_two / all.measured;
    std::printf("%-20s %5.0f of %5.0f, rms %.3f, within one %.3f, two %.3f\n", c.name,
                all.measured, all.there, rms, within_one, within_two);
    EXPECT_GE(all.measured / all.there, c.least_measured);
    EXPECT_LE(rms, c.most_rms);
    EXPECT_GE(within_one, c.least_within_one);
    EXPECT_LE(within_one, kMostWithinOne);
    EXPECT_GE(within_two, c.least_within_two);
  }
}

double mean_truth(const MeasuredPractice& seen,
                  std::optional<double> GroundTruthMeasures::*part, pose::Side side) {
  double sum = 0.0;
  double count = 0.0;
  for (const auto& r : seen.truth) {
    if (r.side != side || !(r.measures.*part)) continue;
    sum += *(r.measures.*part);
    count += 1.0;
  }
  return sum / count;
}

TEST(Symmetry, is_known_within_its_stated_error_and_equal_sides_do_not_differ) {
  double count = 0.0;
  double within_two = 0.0;
  double distinguished = 0.0;
  double changed = 0.0;
  for (const MeasuredPractice& seen : random_practices(150, {.faults = false})) {
    const auto& bend = seen.analysis.set.bend_symmetry;
    const auto& change = seen.analysis.set.bend_change_deg;
    if (!bend || !change) continue;
    const auto part = &GroundTruthMeasures::greatest_bend_deg;
    const double truth =
        mean_truth(seen, part, pose::Side::left) - mean_truth(seen, part, pose::Side::right);
    const double error = bend->left_less_right.value - truth;
    count += 1.0;
    within_two += std::abs(error) <= 2.0 * bend->left_less_right.deviation ? 1.0 : 0.0;
    distinguished += bend->left_less_right.distinguishable ? 1.0 : 0.0;
    changed += change->distinguishable ? 1.0 : 0.0;
  }
  std::printf("%.0f practices, within two %.3f, distinguished %.3f, changed %.3f\n", count,
              within_two / count, distinguished / count, changed / count);
  EXPECT_GE(count, 90.0);
  EXPECT_GE(within_two / count, 0.94);
  EXPECT_LE(distinguished / count, 0.06);
  EXPECT_LE(changed / count, 0.08);
}

// --- What must hold for any practice.

rc::Gen<double> between(double low, double high) {
  return rc::gen::map(rc::gen::inRange(0, 1001),
                      [=](int i) { return low + (high - low) * i / 1000.0; });
}

RepetitionPlan any_plan() {
  RepetitionPlan plan;
  plan.peak_deg = *between(90.0, 115.0);
  plan.bend_s = *between(0.8, 1.4);
  plan.beat_s = *between(0.55, 0.8);
  plan.recoil_deg = *between(20.0, 30.0);
  plan.lower_s = *between(1.2, 2.4);
  plan.gap_s = 1.2;
  return plan;
}

Practice any_practice(const RepetitionPlan& plan) {
  Practice p;
  p.fps = *rc::gen::element(30.0, 50.0, 60.0);
  p.camera.height_m = *between(0.2, 0.35);
  p.camera.yaw_deg = *between(-10.0, 10.0);
  p.steps = support::alternating(4, plan);
  return p;
}

RC_GTEST_PROP(AnyPractice, lowered_more_slowly_never_has_a_shorter_transit, ()) {
  RepetitionPlan plan = any_plan();
  Practice practice = any_practice(plan);
  const Analysis quick = analysed(perform(practice), 1);
  plan.lower_s *= *between(1.1, 2.0);
  practice.steps = support::alternating(4, plan);
  const Analysis slow = analysed(perform(practice), 1);
  RC_ASSERT(quick.repetitions.size() == 4U);
  RC_ASSERT(slow.repetitions.size() == 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    const auto& a = quick.repetitions[i].measures.transit_70_20_s;
    const auto& b = slow.repetitions[i].measures.transit_70_20_s;
    RC_ASSERT(a.has_value());
    RC_ASSERT(b.has_value());
    RC_ASSERT(b->value > a->value);
  }
}

RC_GTEST_PROP(AnyPractice, done_more_slowly_has_longer_times_and_the_same_angles, ()) {
  RepetitionPlan plan = any_plan();
  Practice practice = any_practice(plan);
  const Analysis quick = analysed(perform(practice), 1);
  const double slower = *between(1.1, 1.5);
  for (double* time_s : {&plan.bend_s, &plan.beat_s, &plan.lower_s, &plan.hold_s}) {
    *time_s *= slower;
  }
  practice.steps = support::alternating(4, plan);
  const Analysis slow = analysed(perform(practice), 1);
  RC_ASSERT(quick.repetitions.size() == 4U);
  RC_ASSERT(slow.repetitions.size() == 4U);
  const Measures& a = quick.set.mean;
  const Measures& b = slow.set.mean;
  for (const auto part : {&Measures::rise_s, &Measures::beat_interval_s, &Measures::lowering_s,
                          &Measures::transit_70_20_s, &Measures::duration_s}) {
    RC_ASSERT((a.*part).has_value());
    RC_ASSERT((b.*part).has_value());
    RC_ASSERT(std::abs((b.*part)->value / (a.*part)->value - slower) < 0.08 * slower);
  }
  RC_ASSERT(std::abs(a.greatest_bend_deg->value - b.greatest_bend_deg->value) < 1.5);
}

RC_GTEST_PROP(Sparc, knows_neither_the_speed_nor_the_length_of_a_movement, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(20, 200);
  std::vector<double> speeds;
  for (std::size_t i = 0; i < count; ++i) {
    const double x = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
    speeds.push_back(x * x * (1.0 - x) * (1.0 - x) + *between(-0.01, 0.01));
  }
  std::vector<double> faster(speeds);
  const double factor = *rc::gen::element(-3.0, 0.01, 400.0);
  for (double& v : faster) v *= factor;
  const auto value = signal::sparc(speeds, 60.0);
  RC_ASSERT(value.has_value());
  RC_ASSERT(std::abs(*signal::sparc(faster, 60.0) - *value) < 1e-9);
  // As many speeds over twice the time, seen up to half the frequency.
  RC_ASSERT(std::abs(*signal::sparc(speeds, 30.0, {.cutoff_hz = 2.0}) - *value) < 1e-9);
}

// --- What is not there is absent.

Analysis of_plan(const RepetitionPlan& plan, int count = 4) {
  Practice practice;
  practice.steps = support::alternating(count, plan);
  return analysed(perform(practice), 1);
}

TEST(Measure, of_one_kick_has_no_beat_interval) {
  RepetitionPlan plan;
  plan.kicks = 1;
  const Analysis a = of_plan(plan);
  ASSERT_EQ(a.repetitions.size(), 4U);
  for (const auto& r : a.repetitions) {
    EXPECT_FALSE(r.measures.beat_interval_s);
    EXPECT_TRUE(r.measures.rise_s);
  }
  EXPECT_FALSE(a.set.mean.beat_interval_s);
  EXPECT_FALSE(a.set.beat_variation);
}

TEST(Measure, of_a_foot_that_stops_short_has_no_lowering) {
  RepetitionPlan plan;
  plan.stop_short_deg = 35.0;
  plan.stop_hold_s = 1.0;
  const Analysis a = of_plan(plan);
  ASSERT_EQ(a.repetitions.size(), 4U);
  for (const auto& r : a.repetitions) {
    EXPECT_FALSE(r.measures.lowering_s);
    EXPECT_FALSE(r.measures.transit_70_20_s);
    EXPECT_FALSE(r.measures.lowering_smoothness);
    EXPECT_TRUE(r.measures.greatest_bend_deg);
  }
}

TEST(Measure, has_the_bend_at_which_the_hip_moves_only_where_it_does) {
  EXPECT_FALSE(of_plan({}).set.mean.hip_moves_at_deg);
  RepetitionPlan plan;
  plan.hip_rise_m = 0.04;
  plan.hips_from_share = 0.0;
  plan.hips_up_share = 0.5;
  plan.bend_s = 1.4;
  const Analysis a = of_plan(plan);
  ASSERT_EQ(a.repetitions.size(), 4U);
  for (const auto& r : a.repetitions) {
    ASSERT_TRUE(r.measures.hip_moves_at_deg);
    EXPECT_GT(r.measures.hip_moves_at_deg->value, 5.0);
    EXPECT_LT(r.measures.hip_moves_at_deg->value, 60.0);
    EXPECT_LT(r.measures.hips_still_share->value, 0.5);
  }
  // Later than 60 degrees it is no early motion.
  plan.hips_from_share = 0.8;
  plan.hips_up_share = 1.0;
  EXPECT_FALSE(of_plan(plan).set.mean.hip_moves_at_deg);
}

TEST(Set, of_unequal_sides_shows_the_difference) {
  Practice practice;
  practice.steps = support::alternating(8);
  for (support::Step& step : practice.steps) {
    step.repetition.peak_deg = step.repetition.side == pose::Side::left ? 80.0 : 110.0;
  }
  const Analysis a = analysed(perform(practice), 1);
  ASSERT_TRUE(a.set.bend_symmetry);
  const auto& difference = a.set.bend_symmetry->left_less_right;
  EXPECT_NEAR(difference.value, -30.0, 4.0);
  EXPECT_TRUE(difference.distinguishable);
  EXPECT_NEAR(a.set.bend_symmetry->index_percent.value, 100.0 * 30.0 / 95.0, 4.0);
  ASSERT_TRUE(a.set.transit_symmetry);
}

TEST(Set, that_tires_shows_it) {
  Practice practice;
  practice.steps = support::alternating(8);
  for (std::size_t i = 0; i < 8; ++i)
    practice.steps[i].repetition.peak_deg = i < 4 ? 112.0 : 92.0;
  const Analysis a = analysed(perform(practice), 1);
  ASSERT_TRUE(a.set.bend_change_deg);
  EXPECT_NEAR(a.set.bend_change_deg->value, -20.0, 3.0);
  EXPECT_TRUE(a.set.bend_change_deg->distinguishable);
  ASSERT_TRUE(a.set.chest_change_deg);
  EXPECT_FALSE(a.set.chest_change_deg->distinguishable);
}

TEST(Set, done_evenly_has_no_variation_and_an_uneven_one_has_its_own) {
  const auto even = of_plan({}, 8).set.rhythm_variation;
  ASSERT_TRUE(even);
  EXPECT_LT(even->value, 0.02);
  Practice practice;
  practice.steps = support::alternating(8);
  for (std::size_t i = 0; i < 8; ++i) {
    practice.steps[i].repetition.lower_s = i % 4 < 2 ? 1.6 : 3.6;
  }
  const SimulatedSession performed = perform(practice);
  std::vector<double> lengths;
  for (const auto& r : performed.repetitions) lengths.push_back(r.end_s - r.start_s);
  const double mean = std::accumulate(lengths.begin(), lengths.end(), 0.0) / 8.0;
  double squares = 0.0;
  for (const double l : lengths) squares += (l - mean) * (l - mean);
  const auto uneven = analysed(performed, 1).set.rhythm_variation;
  ASSERT_TRUE(uneven);
  EXPECT_NEAR(uneven->value, std::sqrt(squares / 7.0) / mean, 0.02);
}

}  // namespace
}  // namespace matside
