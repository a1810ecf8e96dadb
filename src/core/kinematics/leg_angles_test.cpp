#include "core/kinematics/leg_angles.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>

#include "tests/support/observed_body.h"

namespace matside::kinematics {
namespace {

using base::ImagePoint;
using base::Seconds;
using pose::Side;

constexpr double kThighPx = 100.0;
constexpr double kShankPx = 90.0;
constexpr Seconds kOcclusionMax(0.3);

ImagePoint polar(ImagePoint from, double length_px, double elevation_deg, Side head) {
  const double a = elevation_deg * std::numbers::pi / 180.0;
  const double ahead = head == Side::right ? 1.0 : -1.0;
  return {from.x_px + ahead * length_px * std::cos(a), from.y_px - length_px * std::sin(a)};
}

LegFrame drawn_leg(double thigh_deg, double flexion_deg, Side head, double scale = 1.0) {
  LegFrame leg;
  leg.hip = {320.0 * scale, 250.0 * scale};
  leg.knee = polar(leg.hip, kThighPx * scale, 180.0 - thigh_deg, head);
  leg.ankle = polar(leg.knee, kShankPx * scale, 180.0 - thigh_deg - flexion_deg, head);
  measure_angles(leg, head);
  return leg;
}

RestLeg as_rest(const LegFrame& leg) {
  return {leg.knee_flexion, leg.thigh, leg.knee, leg.thigh_px, leg.shank_px};
}

// A prone leg at rest: the knee a little below the hip and nearly straight.
RestLeg lying_leg(Side head, double scale = 1.0) {
  return as_rest(drawn_leg(-4.0, 4.0, head, scale));
}

LegFrame bent_leg(double bend_deg, Side head, double lift_deg = 0.0, double scale = 1.0) {
  return drawn_leg(-4.0 + lift_deg, 4.0 + bend_deg, head, scale);
}

LegAngles bent_by(double bend_deg, Side head, double lift_deg = 0.0, double scale = 1.0) {
  return measure_leg(bent_leg(bend_deg, head, lift_deg, scale), lying_leg(head, scale), head);
}

TEST(MeasureLeg, takes_angles_in_space_as_they_are) {
  const RestLeg rest = lying_leg(Side::right);
  LegFrame leg = drawn_leg(-4.0, 90.0, Side::right);
  leg.in_space = {base::Degrees(60.0), base::Degrees(0.0), base::Degrees(5.0)};
  // Foreshortened, as a leg seen from the front.
  leg.ankle = leg.knee + (leg.ankle - leg.knee) * 0.3;
  measure_angles(leg, Side::right);
  const LegAngles angles = measure_leg(leg, rest, Side::right);
  EXPECT_NEAR(angles.knee_flexion.value(), 60.0 - rest.knee_flexion.value(), 1e-9);
  EXPECT_NEAR(angles.knee_from_joints.value(), angles.knee_flexion.value(), 1e-9);
  const double lift_deg = 5.0 - rest.thigh.value();
  EXPECT_NEAR(thigh_lift_by_knee(leg, rest).value(), lift_deg, 1e-9);
  EXPECT_NEAR(thigh_lift_by_ankle(leg, rest).value(), lift_deg, 1e-9);
  EXPECT_EQ(angles.knee_weight, 1.0);
}

TEST(MeasureLeg, at_rest_is_zero_and_fully_trusted) {
  for (const Side head : pose::kSides) {
    const LegAngles leg = bent_by(0.0, head);
    EXPECT_NEAR(leg.knee_flexion.value(), 0.0, 1e-9);
    EXPECT_NEAR(leg.knee_from_joints.value(), 0.0, 1e-9);
    EXPECT_NEAR(thigh_lift_by_knee(bent_leg(0.0, head), lying_leg(head)).value(), 0.0, 1e-9);
    EXPECT_NEAR(leg.knee_weight, 1.0, 1e-9);
  }
}

// With the thigh on the mat the joints and the ankle alone say the same.
TEST(MeasureLeg, reads_the_bend_above_rest_on_either_side_at_any_size) {
  for (const Side head : pose::kSides) {
    for (const double scale : {0.3, 1.0, 4.0}) {
      for (const double bend_deg : {-10.0, 0.0, 15.0, 60.0, 90.0, 130.0}) {
        const LegAngles leg = bent_by(bend_deg, head, 0.0, scale);
        EXPECT_NEAR(leg.knee_flexion.value(), bend_deg, 1e-9);
        EXPECT_NEAR(leg.knee_from_joints.value(), bend_deg, 1e-9);
        EXPECT_NEAR(leg.knee_weight, 1.0, 1e-9);
      }
    }
  }
}

TEST(MeasureLeg, reads_a_lifted_thigh_by_the_knee_and_nearly_so_by_the_ankle) {
  for (const Side head : pose::kSides) {
    for (const double lift_deg : {0.0, 5.0, 10.0, 15.0}) {
      const LegFrame leg = bent_leg(95.0 - lift_deg, head, lift_deg);
      const RestLeg rest = lying_leg(head);
      EXPECT_NEAR(thigh_lift_by_knee(leg, rest).value(), lift_deg, 0.15) << lift_deg;
      EXPECT_NEAR(thigh_lift_by_ankle(leg, rest).value(), lift_deg, 1.0) << lift_deg;
    }
  }
}

TEST(MeasureLeg, reads_no_lift_where_only_the_hip_rises) {
  LegFrame leg = drawn_leg(-4.0, 94.0, Side::right);
  const RestLeg rest = lying_leg(Side::right);
  leg.hip.y_px -= 0.2 * rest.thigh_px;
  measure_angles(leg, Side::right);
  EXPECT_LT(leg.thigh - rest.thigh, base::Degrees(-10.0));
  EXPECT_NEAR(thigh_lift_by_knee(leg, rest).value(), 0.0, 1e-9);
}

TEST(MeasureLeg, trusts_a_limb_less_the_further_its_length_is_off) {
  const RestLeg rest = lying_leg(Side::right);
  for (const double direction : {-1.0, 1.0}) {
    double last = 1.0 + 1e-9;
    for (const double off : {0.0, 0.1, 0.2, 0.4, 0.8}) {
      LegFrame leg = drawn_leg(-4.0, 94.0, Side::right);
      leg.ankle = leg.knee + (leg.ankle - leg.knee) * (1.0 + direction * off);
      measure_angles(leg, Side::right);
      const double weight = measure_leg(leg, rest, Side::right).knee_weight;
      EXPECT_LE(weight, last) << off;
      EXPECT_GT(weight, 0.0) << off;
      last = weight;
    }
    EXPECT_LT(last, 0.01);
  }
}

TEST(MeasureLeg, a_misplaced_knee_leaves_the_reading_to_the_ankle) {
  const RestLeg rest = lying_leg(Side::right);
  LegFrame leg = drawn_leg(-4.0, 94.0, Side::right);
  leg.knee = leg.knee + base::ImageVector{35.0, -35.0};
  measure_angles(leg, Side::right);
  const LegAngles read = measure_leg(leg, rest, Side::right);
  EXPECT_GT(std::abs(read.knee_from_joints.value() - 90.0), 15.0);
  EXPECT_NEAR(read.knee_flexion.value(), 90.0, 3.0);
}

TEST(MeasureLeg, against_a_rest_never_seen_is_finite_and_hardly_trusted) {
  const LegFrame seen = drawn_leg(0.0, 60.0, Side::right);
  const LegAngles leg = measure_leg(seen, {}, Side::right);
  EXPECT_TRUE(std::isfinite(leg.knee_flexion.value()));
  EXPECT_EQ(thigh_lift_by_knee(seen, {}).value(), 0.0);
  EXPECT_EQ(thigh_lift_by_ankle(seen, {}).value(), 0.0);
  EXPECT_GT(leg.knee_weight, 0.0);
  EXPECT_LT(leg.knee_weight, 0.01);
}

BodyFrame body_with(std::array<std::optional<LegFrame>, 2> legs, Side head = Side::right) {
  BodyFrame body;
  body.head_direction = head;
  body.legs = legs;
  return body;
}

RestPose resting(Side head = Side::right) {
  RestPose rest;
  rest.legs = {lying_leg(head), lying_leg(head)};
  return rest;
}

TEST(MeasureLegs, is_absent_when_neither_leg_is_seen) {
  EXPECT_FALSE(measure_legs(body_with({}), resting()));
}

TEST(MeasureLegs, takes_the_only_leg_seen_for_the_raised_one) {
  for (const Side side : pose::kSides) {
    std::array<std::optional<LegFrame>, 2> legs;
    legs[index(side)] = drawn_leg(-4.0, 44.0, Side::right);
    const auto pair = measure_legs(body_with(legs), resting());
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->raised_label, side);
    EXPECT_NEAR(pair->raised.knee_flexion.value(), 40.0, 1e-9);
    EXPECT_FALSE(pair->other);
  }
}

TEST(MeasureLegs, takes_the_leg_bent_more_for_the_raised_one) {
  for (const Side head : pose::kSides) {
    for (const Side side : pose::kSides) {
      std::array<std::optional<LegFrame>, 2> legs;
      legs[index(side)] = drawn_leg(-4.0, 64.0, head);
      legs[index(other(side))] = drawn_leg(-4.0, 59.0, head);
      const auto pair = measure_legs(body_with(legs, head), resting(head));
      ASSERT_TRUE(pair && pair->other);
      EXPECT_EQ(pair->raised_label, side);
      EXPECT_NEAR(pair->raised.knee_flexion.value(), 60.0, 1e-9);
      EXPECT_NEAR(pair->other->knee_flexion.value(), 55.0, 1e-9);
    }
  }
}

TEST(MeasureLegs, the_raised_shank_fits_its_own_legs_length) {
  for (const Side side : pose::kSides) {
    std::array<std::optional<LegFrame>, 2> legs;
    legs[index(side)] = drawn_leg(-4.0, 94.0, Side::right);
    legs[index(other(side))] = drawn_leg(-4.0, 4.0, Side::right);
    RestPose rest = resting();
    rest.legs[index(other(side))].shank_px = 0.8 * kShankPx;
    const auto pair = measure_legs(body_with(legs), rest);
    ASSERT_TRUE(pair);
    EXPECT_NEAR(pair->shank_ratio[index(side)], 1.0, 1e-9);
    EXPECT_NEAR(pair->shank_ratio[index(other(side))], 1.0 / 0.8, 1e-9);
  }
}

TEST(MeasureLegs, without_a_resting_shank_the_length_ratio_is_one) {
  RestPose rest = resting();
  rest.legs[1].shank_px = 0.0;
  std::array<std::optional<LegFrame>, 2> legs;
  legs[0] = drawn_leg(-4.0, 94.0, Side::right);
  EXPECT_EQ(measure_legs(body_with(legs), rest)->shank_ratio[1], 1.0);
}

TEST(MeasureLegs, of_a_mirrored_picture_has_the_other_label_and_the_same_angles) {
  support::Posture posture = support::on_forearms();
  posture.knee_flexion_deg = {8.0, 80.0};
  const auto frame = support::pictured(posture);
  const auto rest_frame = support::pictured(support::on_forearms());
  const auto pair_of = [](const pose::PoseFrame& seen, const pose::PoseFrame& still) {
    const std::array frames{measure(still, 0.1).value()};
    std::vector<double> scratch;
    return measure_legs(measure(seen, 0.1).value(), median_rest_pose(frames, scratch)).value();
  };
  const LegPair plain = pair_of(frame, rest_frame);
  const LegPair mirror = pair_of(support::mirrored(frame), support::mirrored(rest_frame));
  EXPECT_EQ(plain.raised_label, Side::right);
  EXPECT_EQ(mirror.raised_label, Side::left);
  EXPECT_NEAR(mirror.raised.knee_flexion.value(), plain.raised.knee_flexion.value(), 1e-9);
  EXPECT_NEAR(mirror.other->knee_flexion.value(), plain.other->knee_flexion.value(), 1e-9);
  EXPECT_NEAR(mirror.shank_ratio[0], plain.shank_ratio[1], 1e-9);
}

LegPair pair(Side raised, bool both) {
  LegPair legs;
  legs.raised_label = raised;
  if (both) legs.other = LegAngles{};
  return legs;
}

TEST(RaisedLegTracking, reports_a_raised_leg_hidden_for_a_short_time_on_either_side) {
  for (const Side raised : pose::kSides) {
    RaisedLegTracker tracker(kOcclusionMax);
    EXPECT_FALSE(tracker.is_occluded(Seconds(0.0), pair(raised, true)));
    EXPECT_TRUE(tracker.is_occluded(Seconds(0.05), pair(other(raised), false)));
    EXPECT_FALSE(tracker.is_occluded(Seconds(0.10), pair(raised, false)));
    EXPECT_FALSE(tracker.is_occluded(Seconds(2.0), pair(other(raised), false)));
  }
}

TEST(RaisedLegTracking, follows_the_latest_frame_with_both_legs) {
  RaisedLegTracker tracker(kOcclusionMax);
  tracker.is_occluded(Seconds(0.0), pair(Side::left, true));
  tracker.is_occluded(Seconds(0.1), pair(Side::right, true));
  EXPECT_FALSE(tracker.is_occluded(Seconds(0.15), pair(Side::right, false)));
  EXPECT_TRUE(tracker.is_occluded(Seconds(0.2), pair(Side::left, false)));
}

TEST(RaisedLegTracking, a_leg_never_seen_beside_the_other_is_not_missed) {
  RaisedLegTracker tracker(kOcclusionMax);
  for (const Side side : {Side::left, Side::right, Side::left}) {
    EXPECT_FALSE(tracker.is_occluded(Seconds(0.1), pair(side, false)));
  }
}

}  // namespace
}  // namespace matside::kinematics
