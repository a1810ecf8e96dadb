#include "core/engine/knee_curve.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "core/engine/session.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"

namespace matside::engine {
namespace {

using base::Seconds;
using exercise::KickingSide;
using pose::PoseFrame;

Analysis analysed(const std::vector<PoseFrame>& frames, int level = 1) {
  auto session = Session::create(support::single_leg_kick(), level);
  EXPECT_TRUE(session.ok());
  for (const PoseFrame& frame : frames) session.value().push(frame);
  session.value().finish();
  return session.value().analysis();
}

const exercise::MeasurementRules& rules() { return support::single_leg_kick().measurement; }

support::Practice four_repetitions() {
  support::Practice practice;
  practice.steps = support::alternating(4);
  return practice;
}

/// The side's line at that time, which must be there.
double line_at(const KneeCurve& curve, pose::Side side, Seconds time) {
  const auto at = std::ranges::lower_bound(curve.times, time);
  if (at == curve.times.end()) {
    ADD_FAILURE() << "the curve ends before " << time.value() << " s";
    return 1e9;
  }
  const auto& value =
      curve.bend_deg[pose::index(side)][static_cast<std::size_t>(at - curve.times.begin())];
  EXPECT_TRUE(value);
  return value.value_or(1e9);
}

pose::Side side_of(const exercise::Repetition& r) {
  return r.side == KickingSide::left ? pose::Side::left : pose::Side::right;
}

TEST(KneeCurve, passes_through_the_kicks_and_lies_low_between_them) {
  const auto performed = perform(four_repetitions());
  const Analysis analysis = analysed(performed.frames);
  ASSERT_EQ(analysis.repetitions.size(), 4U);
  const KneeCurve curve = knee_curve(performed.frames, analysis, rules());
  ASSERT_EQ(curve.times.size(), performed.frames.size());
  for (const exercise::Repetition& r : analysis.repetitions) {
    for (const exercise::Kick& kick : r.kicks) {
      EXPECT_NEAR(line_at(curve, side_of(r), kick.time), kick.knee_flexion.value(), 2.0);
    }
    EXPECT_LT(line_at(curve, pose::other(side_of(r)), r.kicks[0].time), 25.0);
    EXPECT_LT(line_at(curve, side_of(r), r.end + Seconds(0.3)), 25.0);
  }
}

TEST(KneeCurve, stays_within_the_kicks_uncertainty_when_the_network_errs) {
  support::Practice practice = four_repetitions();
  practice.network = support::NetworkNoise{.swaps_per_min = 12.0, .swap_s = 0.15};
  practice.network->reads_knees = true;
  practice.camera.yaw_deg = 15.0;
  int compared = 0;
  for (practice.seed = 1; practice.seed <= 5; ++practice.seed) {
    const auto performed = perform(practice);
    const Analysis analysis = analysed(performed.frames);
    const KneeCurve curve = knee_curve(performed.frames, analysis, rules());
    ASSERT_FALSE(analysis.repetitions.empty());
    for (const exercise::Repetition& r : analysis.repetitions) {
      const auto& bend = r.measures.greatest_bend_deg;
      if (r.side == KickingSide::unsure || !bend) continue;
      for (const exercise::Kick& kick : r.kicks) {
        ++compared;
        EXPECT_NEAR(line_at(curve, side_of(r), kick.time), kick.knee_flexion.value(),
                    2.0 * bend->deviation())
            << "seed " << practice.seed << " repetition " << r.index;
      }
    }
  }
  EXPECT_GT(compared, 10);
}

TEST(KneeCurve, gives_the_bend_to_the_leg_that_kicked) {
  auto performed = perform(four_repetitions());
  const Analysis analysis = analysed(performed.frames);
  const exercise::Repetition& first = analysis.repetitions.at(0);
  // Briefly around the first kick, the network swaps the legs.
  for (PoseFrame& frame : performed.frames) {
    if (std::abs((frame.time - first.kicks[0].time).value()) > 0.1) continue;
    for (const auto joint :
         {pose::Landmark::left_hip, pose::Landmark::left_knee, pose::Landmark::left_ankle}) {
      std::swap((*frame.pose)[joint], (*frame.pose)[pose::on_side(joint, pose::Side::right)]);
    }
  }
  const KneeCurve curve = knee_curve(performed.frames, analysis, rules());
  EXPECT_NEAR(line_at(curve, side_of(first), first.kicks[0].time),
              first.kicks[0].knee_flexion.value(), 3.0);
  EXPECT_LT(line_at(curve, pose::other(side_of(first)), first.kicks[0].time), 30.0);
}

TEST(KneeCurve, is_empty_where_nobody_lies) {
  auto performed = perform(four_repetitions());
  const Analysis analysis = analysed(performed.frames);
  for (PoseFrame& frame : performed.frames) {
    if (frame.time > Seconds(3.0) && frame.time < Seconds(5.0)) frame.pose.reset();
  }
  const KneeCurve curve = knee_curve(performed.frames, analysis, rules());
  const auto gap = [](Seconds time) { return time > Seconds(3.0) && time < Seconds(5.0); };
  EXPECT_TRUE(std::ranges::none_of(curve.times, gap));
  EXPECT_TRUE(knee_curve({}, {}, rules()).times.empty());
}

TEST(KneeCurve, is_no_finer_than_the_step_asked_for) {
  support::Practice practice = four_repetitions();
  practice.fps = 120.0;
  const auto performed = perform(practice);
  const Analysis analysis = analysed(performed.frames);
  EXPECT_EQ(knee_curve(performed.frames, analysis, rules()).times.size(),
            performed.frames.size());
  const KneeCurve curve = knee_curve(performed.frames, analysis, rules(), Seconds(0.03));
  EXPECT_LT(curve.times.size(), performed.frames.size() / 3);
}

}  // namespace
}  // namespace matside::engine
