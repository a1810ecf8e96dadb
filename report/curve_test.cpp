#include "report/curve.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "core/engine/session.h"
#include "report/instants.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"

namespace matside::report {
namespace {

using base::Seconds;
using exercise::KickingSide;
using pose::PoseFrame;

engine::Analysis analysed(const std::vector<PoseFrame>& frames, int level = 1) {
  auto session = engine::Session::create(support::single_leg_kick(), level);
  EXPECT_TRUE(session.ok());
  for (const PoseFrame& frame : frames) session.value().push(frame);
  session.value().finish();
  return session.value().analysis();
}

support::Practice four_repetitions() {
  support::Practice practice;
  practice.steps = support::alternating(4);
  return practice;
}

/// The side's line at that time, which must be there.
double line_at(const KneeCurve& curve, pose::Side side, Seconds time) {
  const auto at = std::ranges::lower_bound(curve.times, time);
  EXPECT_NE(at, curve.times.end());
  const auto& value =
      curve.flexion_deg[pose::index(side)][static_cast<std::size_t>(at - curve.times.begin())];
  EXPECT_TRUE(value);
  return value.value_or(1e9);
}

pose::Side side_of(const exercise::Repetition& r) {
  return r.side == KickingSide::left ? pose::Side::left : pose::Side::right;
}

TEST(Curve, passes_through_the_kicks_and_lies_low_between_them) {
  const auto performed = perform(four_repetitions());
  const engine::Analysis analysis = analysed(performed.frames);
  ASSERT_EQ(analysis.repetitions.size(), 4U);
  const KneeCurve curve = knee_curve(performed.frames, analysis);
  ASSERT_EQ(curve.times.size(), performed.frames.size());
  for (const exercise::Repetition& r : analysis.repetitions) {
    for (const exercise::Kick& kick : r.kicks) {
      EXPECT_NEAR(line_at(curve, side_of(r), kick.time), kick.knee_flexion.value(), 2.0);
    }
    EXPECT_LT(line_at(curve, pose::other(side_of(r)), r.kicks[0].time), 25.0);
    EXPECT_LT(line_at(curve, side_of(r), r.end + Seconds(0.3)), 25.0);
  }
}

TEST(Curve, of_a_network_that_errs_keeps_within_what_the_kicks_are_unsure_by) {
  support::Practice practice = four_repetitions();
  practice.network = support::NetworkNoise{.swaps_per_min = 12.0, .swap_s = 0.15};
  practice.network->reads_knees = true;
  practice.camera.yaw_deg = 15.0;
  for (practice.seed = 1; practice.seed <= 5; ++practice.seed) {
    const auto performed = perform(practice);
    const engine::Analysis analysis = analysed(performed.frames);
    const KneeCurve curve = knee_curve(performed.frames, analysis);
    ASSERT_FALSE(analysis.repetitions.empty());
    for (const exercise::Repetition& r : analysis.repetitions) {
      const auto& bend = r.measures.greatest_bend_deg;
      if (r.side == KickingSide::unsure || !bend) continue;
      for (const exercise::Kick& kick : r.kicks) {
        EXPECT_NEAR(line_at(curve, side_of(r), kick.time), kick.knee_flexion.value(),
                    2.0 * bend->deviation())
            << "seed " << practice.seed << " repetition " << r.index;
      }
    }
  }
}

TEST(Curve, gives_a_repetitions_bend_to_the_leg_that_was_judged_to_kick) {
  auto performed = perform(four_repetitions());
  const engine::Analysis analysis = analysed(performed.frames);
  const exercise::Repetition& first = analysis.repetitions.at(0);
  // For a moment round the first kick the network takes each leg for the other.
  for (PoseFrame& frame : performed.frames) {
    if (std::abs((frame.time - first.kicks[0].time).value()) > 0.1) continue;
    for (const auto joint :
         {pose::Landmark::left_hip, pose::Landmark::left_knee, pose::Landmark::left_ankle}) {
      std::swap((*frame.pose)[joint], (*frame.pose)[pose::on_side(joint, pose::Side::right)]);
    }
  }
  const KneeCurve curve = knee_curve(performed.frames, analysis);
  EXPECT_NEAR(line_at(curve, side_of(first), first.kicks[0].time),
              first.kicks[0].knee_flexion.value(), 3.0);
  EXPECT_LT(line_at(curve, pose::other(side_of(first)), first.kicks[0].time), 30.0);
}

TEST(Curve, has_nothing_where_nobody_lies) {
  auto performed = perform(four_repetitions());
  const engine::Analysis analysis = analysed(performed.frames);
  for (PoseFrame& frame : performed.frames) {
    if (frame.time > Seconds(3.0) && frame.time < Seconds(5.0)) frame.pose.reset();
  }
  const KneeCurve curve = knee_curve(performed.frames, analysis);
  const auto gap = [](Seconds time) { return time > Seconds(3.0) && time < Seconds(5.0); };
  EXPECT_TRUE(std::ranges::none_of(curve.times, gap));
  EXPECT_TRUE(knee_curve({}, {}).times.empty());
}

TEST(Curve, of_many_frames_a_second_is_drawn_no_finer_than_a_page_shows) {
  support::Practice practice = four_repetitions();
  practice.fps = 120.0;
  const auto performed = perform(practice);
  const KneeCurve curve = knee_curve(performed.frames, analysed(performed.frames));
  EXPECT_LT(curve.times.size(), performed.frames.size() / 3);
}

class Instants : public ::testing::Test {
 protected:
  support::Performed performed_ = perform(four_repetitions());
  engine::Analysis analysis_ = analysed(performed_.frames);

  [[nodiscard]] std::vector<Instant> all() const {
    return instants(performed_.frames, analysis_.repetitions,
                    knee_curve(performed_.frames, analysis_));
  }
  [[nodiscard]] const PoseFrame& frame(const Instant& instant) const {
    return performed_.frames[instant.frame];
  }
};

TEST_F(Instants, are_set_up_each_kick_and_half_way_down) {
  const auto shown = all();
  ASSERT_EQ(shown.size(), 16U);
  const KneeCurve curve = knee_curve(performed_.frames, analysis_);
  for (std::size_t i = 0; i < shown.size(); i += 4) {
    const exercise::Repetition& r = analysis_.repetitions[i / 4];
    EXPECT_EQ(shown[i].shows, Shows::set_up);
    EXPECT_LT(frame(shown[i]).time, r.start);
    for (const std::size_t kick : {0, 1}) {
      EXPECT_EQ(shown[i + 1 + kick].kick, static_cast<int>(kick) + 1);
      EXPECT_NEAR(frame(shown[i + 1 + kick]).time.value(), r.kicks[kick].time.value(), 0.02);
    }
    EXPECT_EQ(shown[i + 3].shows, Shows::lowering);
    EXPECT_NEAR(line_at(curve, side_of(r), frame(shown[i + 3]).time), 45.0, 6.0);
    EXPECT_EQ(shown[i + 3].repetition, r.index);
  }
}

TEST_F(Instants, keep_their_order_where_repetitions_follow_at_once) {
  analysis_.repetitions[1].start = analysis_.repetitions[0].end;
  const auto shown = all();
  EXPECT_TRUE(std::ranges::is_sorted(shown, std::ranges::less_equal(), &Instant::frame));
  EXPECT_GE(frame(shown[4]).time, analysis_.repetitions[0].end - Seconds(0.02));
}

TEST_F(Instants, of_legs_that_pedal_are_all_there_and_in_the_order_of_time) {
  analysis_.repetitions[1].start = analysis_.repetitions[0].lowering_start;
  const auto shown = all();
  EXPECT_EQ(shown.size(), 16U);
  EXPECT_TRUE(std::ranges::is_sorted(shown, {}, &Instant::frame));
  EXPECT_EQ(std::ranges::count(shown, 2, &Instant::repetition), 4);
}

TEST_F(Instants, at_which_nobody_was_seen_are_left_out) {
  const Seconds kick = analysis_.repetitions[0].kicks[1].time;
  for (PoseFrame& each : performed_.frames) {
    if (std::abs((each.time - kick).value()) < 0.25) each.pose.reset();
  }
  const auto shown = all();
  for (const Instant& instant : shown) {
    EXPECT_TRUE(frame(instant).pose);
    EXPECT_FALSE(instant.repetition == 1 && instant.kick == 2);
  }
}

TEST_F(Instants, of_a_repetition_without_end_of_kicks_are_few) {
  exercise::Repetition& r = analysis_.repetitions[0];
  while (r.kicks.size() < 30) r.kicks.push_back({r.kicks.back().time + Seconds(0.04), {}});
  EXPECT_LE(std::ranges::count(all(), 1, &Instant::repetition), 6);
}

}  // namespace
}  // namespace matside::report
