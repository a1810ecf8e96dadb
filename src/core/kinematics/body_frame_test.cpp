#include "core/kinematics/body_frame.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "tests/support/observed_body.h"

namespace matside::kinematics {
namespace {

using base::Degrees;
using base::ImagePoint;
using base::Seconds;
using pose::Keypoint;
using pose::Landmark;
using pose::Pose;
using pose::PoseFrame;
using pose::Side;
using support::on_forearms;
using support::Posture;

constexpr double kMinScore = support::kObservedMinScore;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// A point at a distance and elevation from another in the picture, 0 = toward the head.
ImagePoint polar(ImagePoint from, double length_px, double elevation_deg, Side head) {
  const double a = elevation_deg * std::numbers::pi / 180.0;
  const double ahead = head == Side::right ? 1.0 : -1.0;
  return {from.x_px + ahead * length_px * std::cos(a), from.y_px - length_px * std::sin(a)};
}

// A leg with its thigh lifted and its knee bent by these angles, 100 pixels a limb.
LegFrame bent_leg(double thigh_deg, double flexion_deg, Side head) {
  LegFrame leg;
  leg.hip = {300.0, 200.0};
  leg.knee = polar(leg.hip, 100.0, 180.0 - thigh_deg, head);
  leg.ankle = polar(leg.knee, 100.0, 180.0 - thigh_deg - flexion_deg, head);
  measure_angles(leg, head);
  return leg;
}

// Somebody's side of the trunk and thigh, at these elevations from the hip.
Pose trunk_and_thigh(double shoulder_deg, double knee_deg, Side joints = Side::left) {
  Pose pose;
  const ImagePoint hip{300.0, 200.0};
  pose[on_side(Landmark::left_hip, joints)] = {hip, 1.0};
  pose[on_side(Landmark::left_shoulder, joints)] = {polar(hip, 80.0, shoulder_deg, Side::right),
                                                    1.0};
  pose[on_side(Landmark::left_knee, joints)] = {polar(hip, 70.0, knee_deg, Side::right), 1.0};
  return pose;
}

PoseFrame bent_posture() {
  Posture posture = on_forearms();
  posture.knee_flexion_deg = {75.0, 12.0};
  posture.thigh_lift_deg = {6.0, 0.0};
  posture.neck_deg = -10.0;
  return support::pictured(posture);
}

BodyFrame measured(const PoseFrame& frame) {
  const auto body = measure(frame, kMinScore);
  EXPECT_TRUE(body.has_value());
  return body.value_or(BodyFrame{});
}

TEST(Incline, is_zero_toward_the_head_and_grows_upward_on_either_side) {
  const ImagePoint from{50.0, 60.0};
  for (const Side head : pose::kSides) {
    for (const double deg : {-170.0, -90.0, -30.0, 0.0, 15.0, 90.0, 135.0, 180.0}) {
      EXPECT_NEAR(incline(from, polar(from, 40.0, deg, head), head).value(), deg, 1e-9);
    }
  }
  EXPECT_EQ(incline(from, from, Side::right).value(), 0.0);
}

TEST(MeasureAngles, of_a_leg_drawn_with_known_angles_are_those) {
  for (const Side head : pose::kSides) {
    for (const double thigh_deg : {-15.0, 0.0, 10.0, 45.0}) {
      for (const double flexion_deg : {-30.0, 0.0, 20.0, 90.0, 150.0}) {
        const LegFrame leg = bent_leg(thigh_deg, flexion_deg, head);
        EXPECT_NEAR(leg.thigh.value(), thigh_deg, 1e-9);
        EXPECT_NEAR(leg.knee_flexion.value(), flexion_deg, 1e-9);
        EXPECT_NEAR(leg.thigh_px, 100.0, 1e-9);
        EXPECT_NEAR(leg.shank_px, 100.0, 1e-9);
      }
    }
  }
}

TEST(MeasureAngles, read_for_the_wrong_head_direction_bend_the_other_way) {
  LegFrame leg = bent_leg(0.0, 60.0, Side::right);
  measure_angles(leg, Side::left);
  EXPECT_NEAR(leg.knee_flexion.value(), -60.0, 1e-9);
}

TEST(MeasureAngles, of_joints_in_one_place_are_finite) {
  LegFrame leg;
  leg.hip = leg.knee = leg.ankle = {10.0, 10.0};
  measure_angles(leg, Side::right);
  EXPECT_EQ(leg.thigh_px, 0.0);
  EXPECT_EQ(leg.shank_px, 0.0);
  EXPECT_EQ(leg.knee_flexion.value(), 0.0);
  EXPECT_TRUE(std::isfinite(leg.thigh.value()));
}

TEST(BodyPostureOf, trunk_and_thigh_along_the_floor_is_lying) {
  for (const Side joints : pose::kSides) {
    for (const double trunk_deg : {-10.0, 0.0, 30.0, 45.0}) {
      for (const double thigh_deg : {-30.0, 0.0, 30.0}) {
        EXPECT_EQ(
            body_posture(trunk_and_thigh(trunk_deg, 180.0 - thigh_deg, joints), kMinScore),
            BodyPosture::lying)
            << trunk_deg << ' ' << thigh_deg;
      }
    }
  }
}

TEST(BodyPostureOf, a_steep_trunk_or_thigh_or_folded_hips_is_upright) {
  const struct {
    const char* what;
    double shoulder_deg;
    double knee_deg;
  } cases[] = {{"standing", 90.0, -90.0},
               {"sitting with legs stretched", 85.0, 180.0},
               {"on all fours", 0.0, -90.0},
               {"kneeling back on the heels", 60.0, 0.0},
               {"folded, knees under the chest", 10.0, 0.0}};
  for (const auto& c : cases) {
    EXPECT_EQ(body_posture(trunk_and_thigh(c.shoulder_deg, c.knee_deg), kMinScore),
              BodyPosture::upright)
        << c.what;
  }
}

TEST(BodyPostureOf, needs_shoulder_hip_and_knee_of_any_side) {
  for (const Landmark joint :
       {Landmark::left_shoulder, Landmark::left_hip, Landmark::left_knee}) {
    Pose pose = trunk_and_thigh(0.0, 180.0);
    pose[joint].score = 0.5 * kMinScore;
    EXPECT_EQ(body_posture(pose, kMinScore), BodyPosture::unclear) << name(joint);
    pose[on_side(joint, Side::right)] = {pose[joint].position, kMinScore};
    EXPECT_EQ(body_posture(pose, kMinScore), BodyPosture::lying) << name(joint);
    pose[on_side(joint, Side::right)].position.y_px = kNan;
    EXPECT_EQ(body_posture(pose, kMinScore), BodyPosture::unclear) << name(joint);
  }
  EXPECT_EQ(body_posture(Pose{}, kMinScore), BodyPosture::unclear);
}

TEST(MeasureBody, takes_near_joints_from_the_side_toward_the_camera) {
  for (const Side near : pose::kSides) {
    const PoseFrame frame = support::pictured(on_forearms(), support::square_camera(near));
    const BodyFrame body = measured(frame);
    const Pose& pose = *frame.pose;
    EXPECT_EQ(body.head_direction, near);
    const auto is = [&](ImagePoint a, Landmark left_twin, Side side) {
      const ImagePoint b = pose[on_side(left_twin, side)].position;
      return a.x_px == b.x_px && a.y_px == b.y_px;
    };
    EXPECT_TRUE(is(body.hip, Landmark::left_hip, near));
    EXPECT_TRUE(is(body.shoulder, Landmark::left_shoulder, near));
    EXPECT_TRUE(is(body.ear, Landmark::left_ear, near));
    EXPECT_TRUE(is(body.elbow.value(), Landmark::left_elbow, near));
    EXPECT_TRUE(is(body.far_hip.value(), Landmark::left_hip, other(near)));
    EXPECT_TRUE(is(body.far_shoulder.value(), Landmark::left_shoulder, other(near)));
  }
}

TEST(MeasureBody, in_a_mirror_has_its_sides_exchanged_and_the_same_angles) {
  const BodyFrame plain = measured(bent_posture());
  const BodyFrame mirror = measured(support::mirrored(bent_posture()));
  EXPECT_EQ(mirror.head_direction, other(plain.head_direction));
  EXPECT_EQ(mirror.posture, plain.posture);
  EXPECT_NEAR(mirror.hip.x_px + plain.hip.x_px, plain.image_size.width_px, 1e-9);
  for (std::size_t side = 0; side < 2; ++side) {
    const LegFrame& a = plain.legs[side].value();
    const LegFrame& b = mirror.legs[1 - side].value();
    EXPECT_NEAR(a.knee_flexion.value(), b.knee_flexion.value(), 1e-9);
    EXPECT_NEAR(a.thigh.value(), b.thigh.value(), 1e-9);
    EXPECT_NEAR(a.shank_px, b.shank_px, 1e-9);
  }
}

TEST(MeasureBody, has_the_same_angles_in_a_larger_picture_and_elsewhere_in_it) {
  const BodyFrame plain = measured(bent_posture());
  for (const double scale : {0.25, 1.0, 3.0}) {
    const BodyFrame other =
        measured(support::transformed(bent_posture(), scale, {37.0, -11.0}));
    EXPECT_EQ(other.posture, plain.posture);
    for (std::size_t side = 0; side < 2; ++side) {
      EXPECT_NEAR(other.legs[side]->knee_flexion.value(),
                  plain.legs[side]->knee_flexion.value(), 1e-9);
      EXPECT_NEAR(other.legs[side]->thigh.value(), plain.legs[side]->thigh.value(), 1e-9);
      EXPECT_NEAR(other.legs[side]->thigh_px, scale * plain.legs[side]->thigh_px, 1e-9);
    }
  }
}

TEST(MeasureBody, is_absent_without_a_pose_or_both_hips_or_both_shoulders) {
  EXPECT_FALSE(measure(PoseFrame{}, kMinScore));
  for (const Landmark joint : {Landmark::left_hip, Landmark::left_shoulder}) {
    PoseFrame frame = bent_posture();
    (*frame.pose)[joint].score = 0.0;
    EXPECT_TRUE(measure(frame, kMinScore)) << name(joint);
    (*frame.pose)[on_side(joint, Side::right)].score = 0.0;
    EXPECT_FALSE(measure(frame, kMinScore)) << name(joint);
  }
}

TEST(MeasureBody, falls_back_to_the_far_hip_and_lowers_the_trunk_score) {
  PoseFrame frame = bent_posture();
  Pose& pose = *frame.pose;
  const BodyFrame whole = measured(frame);
  pose[on_side(Landmark::left_hip, whole.head_direction)].score = 0.02;
  const BodyFrame body = measured(frame);
  EXPECT_EQ(body.hip.x_px, whole.far_hip->x_px);
  EXPECT_EQ(body.hip.y_px, whole.far_hip->y_px);
  EXPECT_EQ(body.trunk_score, 0.02);
  EXPECT_FALSE(body.legs[index(whole.head_direction)]);
  EXPECT_TRUE(body.legs[index(other(whole.head_direction))]);
}

TEST(MeasureBody, replaces_what_it_does_not_see_of_the_head) {
  PoseFrame frame = bent_posture();
  Pose& pose = *frame.pose;
  pose[Landmark::right_ear].score = 0.0;
  BodyFrame body = measured(frame);
  EXPECT_EQ(body.ear.x_px, body.nose.x_px);
  EXPECT_EQ(body.head_score, 1.0);
  pose[Landmark::nose].score = 0.0;
  pose[Landmark::right_elbow].position.x_px = kNan;
  body = measured(frame);
  EXPECT_EQ(body.nose.x_px, body.shoulder.x_px);
  EXPECT_EQ(body.ear.y_px, body.shoulder.y_px);
  EXPECT_EQ(body.head_score, 0.0);
  EXPECT_FALSE(body.elbow);
}

TEST(MeasureBody, a_leg_is_as_sure_as_its_least_sure_joint_and_absent_without_one) {
  for (const Side side : pose::kSides) {
    PoseFrame frame = bent_posture();
    Pose& pose = *frame.pose;
    pose[on_side(Landmark::left_knee, side)].score = 0.4;
    pose[on_side(Landmark::left_ankle, side)].score = kMinScore;
    EXPECT_EQ(measured(frame).legs[index(side)].value().score, kMinScore);
    pose[on_side(Landmark::left_ankle, side)].score = std::nextafter(kMinScore, 0.0);
    const BodyFrame body = measured(frame);
    EXPECT_FALSE(body.legs[index(side)]);
    EXPECT_TRUE(body.legs[index(other(side))]);
    pose[on_side(Landmark::left_ankle, side)].score = 1.0;
    EXPECT_TRUE(measured(frame).legs[index(side)]);
    pose[on_side(Landmark::left_ankle, side)].position.x_px = kNan;
    EXPECT_FALSE(measured(frame).legs[index(side)]);
  }
}

TEST(MeasureBody, keeps_a_knee_read_in_space_unless_the_reading_is_broken) {
  PoseFrame frame = bent_posture();
  frame.pose->knees[0] = {Degrees(81.0), Degrees(6.0)};
  frame.pose->knees[1] = {Degrees(kNan), Degrees(6.0)};
  const BodyFrame body = measured(frame);
  ASSERT_TRUE(body.legs[0]->knee_3d);
  EXPECT_EQ(body.legs[0]->knee_3d->flexion.value(), 81.0);
  EXPECT_FALSE(body.legs[1]->knee_3d);
}

TEST(MeasureBody, takes_the_angles_in_space_instead_of_those_in_the_picture) {
  PoseFrame frame = bent_posture();
  const BodyFrame pictured = measured(frame);
  EXPECT_FALSE(pictured.in_space);
  frame.pose->legs_in_space[0] = {Degrees(77.0), Degrees(-9.0), Degrees(11.0)};
  frame.pose->legs_in_space[1] = {Degrees(kNan), Degrees(0.0), Degrees(0.0)};
  frame.pose->knees[0] = {Degrees(81.0), Degrees(6.0)};
  const BodyFrame body = measured(frame);
  EXPECT_TRUE(body.in_space);
  EXPECT_EQ(body.legs[0]->knee_flexion.value(), 77.0);
  EXPECT_EQ(body.legs[0]->thigh.value(), 11.0);
  EXPECT_EQ(body.legs[0]->thigh_px, pictured.legs[0]->thigh_px);
  EXPECT_FALSE(body.legs[0]->knee_3d) << "an estimate is not needed beside it";
  EXPECT_FALSE(body.legs[1]->in_space);
  EXPECT_EQ(body.legs[1]->knee_flexion, pictured.legs[1]->knee_flexion);
}

TEST(MeasureBody, keeps_the_frames_time_and_size) {
  PoseFrame frame = bent_posture();
  frame.time = Seconds(12.5);
  const BodyFrame body = measured(frame);
  EXPECT_EQ(body.time, Seconds(12.5));
  EXPECT_EQ(body.image_size, frame.image_size);
}

}  // namespace
}  // namespace matside::kinematics
