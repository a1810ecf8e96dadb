#include "core/cycle/rule_judge.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "tests/support/exercise.h"
#include "tests/support/observed_body.h"

namespace matside::cycle {
namespace {

using base::Seconds;
using exercise::Channel;
using exercise::CycleReading;
using exercise::LegChoice;
using exercise::Phase;
using exercise::Statistic;

constexpr double kRise_s = 1.0;
constexpr double kHold_s = 1.5;
constexpr double kLower_s = 1.0;
constexpr double kStart_s = 1.0;

/// 0 at rest, 1 while the leg is held up, straight in between.
double share_up(double t) {
  const double since = t - kStart_s;
  const double until = kRise_s + kHold_s + kLower_s - since;
  return std::clamp(std::min(since / kRise_s, until / kLower_s), 0.0, 1.0);
}

/// Somebody flat lifts the left leg by `lift_deg`, and bends its knee by `bend_deg` with it.
exercise::MovementSegment lift(double lift_deg, double bend_deg) {
  exercise::MovementSegment segment;
  for (int i = 0; i < 160; ++i) {
    const double t = i / 30.0;
    support::Posture posture;
    posture.thigh_lift_deg[0] = lift_deg * share_up(t);
    posture.knee_flexion_deg[0] = bend_deg * share_up(t);
    segment.frames.push_back(support::observed(posture, support::square_camera(), Seconds(t)));
  }
  std::vector<double> scratch;
  segment.rest = kinematics::median_rest_pose(std::span(segment.frames).first(20), scratch);
  segment.noise = {0.005, 0.5, 0.3, 0.3, 0.5};
  return segment;
}

class RuleJudge : public testing::Test {
 protected:
  exercise::Repetition judged(double lift_deg, double bend_deg) {
    const exercise::MovementSegment segment = lift(lift_deg, bend_deg);
    SegmentCurves curves(segment, exercise_);
    OtherMovement other;
    const auto found = find_cycles(segment, exercise_, 1, curves, other);
    EXPECT_EQ(found.size(), 1U);
    if (found.empty()) return {};
    return judge(found[0], exercise_, *exercise_.level(1), curves);
  }
  std::optional<double> reading(const CycleReading& asked) {
    const exercise::MovementSegment segment = lift(15.0, 0.0);
    SegmentCurves curves(segment, exercise_);
    OtherMovement other;
    const auto found = find_cycles(segment, exercise_, 1, curves, other);
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? std::nullopt : read(asked, found[0], 1, curves);
  }

  const exercise::Definition& exercise_ = support::sister_move("prone-leg-lift");
};

TEST_F(RuleJudge, ReadsEachStatistic) {
  const auto of = [](Statistic statistic, LegChoice leg = LegChoice::moving) {
    return CycleReading{Channel::leg_lift, leg, statistic, Phase::whole, 0.8};
  };
  EXPECT_NEAR(reading(of(Statistic::greatest)).value(), 15.0, 1.0);
  EXPECT_NEAR(reading(of(Statistic::least)).value(), 0.0, 1.0);
  EXPECT_NEAR(reading(of(Statistic::at_peaks)).value(), 15.0, 1.0);
  EXPECT_EQ(reading(of(Statistic::peaks)).value(), 0.0);
  // The hold, and a fifth of the way up and down.
  EXPECT_NEAR(reading(of(Statistic::time_up)).value(), kHold_s + 0.2 * (kRise_s + kLower_s),
              0.15);
  EXPECT_NEAR(reading(of(Statistic::fall_time)).value(), 0.6 * kLower_s, 0.1);
  EXPECT_NEAR(reading(of(Statistic::greatest, LegChoice::other)).value(), 0.0, 1.0);
  EXPECT_NEAR(reading(of(Statistic::greatest, LegChoice::both)).value(), 0.0, 1.0);
  EXPECT_NEAR(reading(of(Statistic::greatest, LegChoice::either)).value(), 15.0, 1.0);
}

TEST_F(RuleJudge, NamesTheLegAndFindsNoFaultInASteadyLift) {
  const exercise::Repetition lifted = judged(15.0, 0.0);
  EXPECT_EQ(lifted.side, exercise::KickingSide::left);
  EXPECT_EQ(lifted.status, exercise::RepetitionStatus::clean);
  ASSERT_EQ(lifted.readings.size(), exercise_.cycle->measures.size());
  EXPECT_EQ(lifted.readings[0].unit, "deg");
}

TEST_F(RuleJudge, FindsWhatIsBeyondALimitAndNothingElse) {
  const exercise::Repetition high = judged(30.0, 0.0);
  ASSERT_EQ(high.faults.size(), 1U);
  EXPECT_EQ(high.faults[0].id, "too_high");
  EXPECT_NEAR(high.faults[0].value, 30.0, 2.0);
  EXPECT_FALSE(high.faults[0].cue.empty());
  const exercise::Repetition small = judged(4.0, 0.0);
  ASSERT_EQ(small.faults.size(), 1U);
  EXPECT_EQ(small.faults[0].id, "small_lift");
}

TEST_F(RuleJudge, DoesNotLookForWhatAnotherFaultHides) {
  const exercise::Repetition bent = judged(15.0, 45.0);
  ASSERT_FALSE(bent.faults.empty());
  EXPECT_EQ(bent.faults[0].id, "knee_bends");
  EXPECT_EQ(std::ranges::count(bent.unread, "dropped_leg"), 1);
}

}  // namespace
}  // namespace matside::cycle
