#include "report/snapshots.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "core/engine/session.h"
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

/// The side's flexion at that time, which must exist.
double line_at(const engine::KneeCurve& curve, pose::Side side, Seconds time) {
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

class Snapshots : public ::testing::Test {
 protected:
  support::SimulatedSession performed_ = perform(four_repetitions());
  engine::Analysis analysis_ = analysed(performed_.frames);

  [[nodiscard]] std::vector<Snapshot> all() const {
    return snapshots(performed_.frames, analysis_.repetitions,
                     engine::knee_curve(performed_.frames, analysis_,
                                        support::single_leg_kick().measurement));
  }
  [[nodiscard]] const PoseFrame& frame(const Snapshot& snapshot) const {
    return performed_.frames[snapshot.frame];
  }
};

TEST_F(Snapshots, are_the_set_up_each_kick_and_half_way_down) {
  const auto shown = all();
  ASSERT_EQ(shown.size(), 16U);
  const engine::KneeCurve curve =
      engine::knee_curve(performed_.frames, analysis_, support::single_leg_kick().measurement);
  for (std::size_t i = 0; i < shown.size(); i += 4) {
    const exercise::Repetition& r = analysis_.repetitions[i / 4];
    EXPECT_EQ(shown[i].kind, SnapshotKind::set_up);
    EXPECT_LT(frame(shown[i]).time, r.start);
    for (const std::size_t kick : {0, 1}) {
      EXPECT_EQ(shown[i + 1 + kick].kick, static_cast<int>(kick) + 1);
      EXPECT_NEAR(frame(shown[i + 1 + kick]).time.value(), r.kicks[kick].time.value(), 0.02);
    }
    EXPECT_EQ(shown[i + 3].kind, SnapshotKind::lowering);
    EXPECT_NEAR(line_at(curve, side_of(r), frame(shown[i + 3]).time), 45.0, 6.0);
    EXPECT_EQ(shown[i + 3].repetition, r.index);
  }
}

TEST_F(Snapshots, are_in_order_when_repetitions_follow_immediately) {
  analysis_.repetitions[1].start = analysis_.repetitions[0].end;
  const auto shown = all();
  EXPECT_TRUE(std::ranges::is_sorted(shown, std::ranges::less_equal(), &Snapshot::frame));
  EXPECT_GE(frame(shown[4]).time, analysis_.repetitions[0].end - Seconds(0.02));
}

TEST_F(Snapshots, of_alternating_legs_are_complete_and_in_order) {
  analysis_.repetitions[1].start = analysis_.repetitions[0].lowering_start;
  const auto shown = all();
  EXPECT_EQ(shown.size(), 16U);
  EXPECT_TRUE(std::ranges::is_sorted(shown, {}, &Snapshot::frame));
  EXPECT_EQ(std::ranges::count(shown, 2, &Snapshot::repetition), 4);
}

TEST_F(Snapshots, without_a_pose_are_left_out) {
  const Seconds kick = analysis_.repetitions[0].kicks[1].time;
  for (PoseFrame& each : performed_.frames) {
    if (std::abs((each.time - kick).value()) < 0.25) each.pose.reset();
  }
  const auto shown = all();
  ASSERT_GE(shown.size(), 12U);
  for (const Snapshot& snapshot : shown) {
    EXPECT_TRUE(frame(snapshot).pose);
    EXPECT_FALSE(snapshot.repetition == 1 && snapshot.kick == 2);
  }
}

TEST_F(Snapshots, show_only_the_first_four_of_many_kicks) {
  exercise::Repetition& r = analysis_.repetitions[0];
  while (r.kicks.size() < 30) r.kicks.push_back({r.kicks.back().time + Seconds(0.04), {}});
  const auto shown = all();
  EXPECT_EQ(std::ranges::count_if(
                shown, [](const Snapshot& s) { return s.repetition == 1 && s.kick > 0; }),
            4);
}

}  // namespace
}  // namespace matside::report
