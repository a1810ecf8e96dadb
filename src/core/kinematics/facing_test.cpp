#include "core/kinematics/facing.h"

#include <gtest/gtest.h>

#include <numbers>

#include "core/kinematics/body_frame.h"
#include "tests/support/observed_body.h"

namespace matside::kinematics {
namespace {

using pose::Landmark;
using pose::Pose;
using pose::Side;
using support::kObservedMinScore;

Pose prone(const support::Posture& posture, Side near = Side::right) {
  return *support::pictured(posture, support::square_camera(near)).pose;
}

// The body turned over about its own long axis, seen from the same place: what was above the
// hips is below them.
Pose turned_over(Pose pose) {
  const double hip_px = pose[Landmark::left_hip].position.y_px;
  for (pose::Keypoint& k : pose.keypoints) k.position.y_px = 2.0 * hip_px - k.position.y_px;
  return pose;
}

// Shoulders, hips and legs above each other, a body's width apart, the face toward the camera.
Pose on_one_side(Pose pose) {
  const double trunk_px =
      base::length(pose[Landmark::left_shoulder].position - pose[Landmark::left_hip].position);
  const auto move = [&](Landmark left_twin, double apart) {
    pose[left_twin].position.y_px -= 0.5 * apart * trunk_px;
    pose[pose::on_side(left_twin, Side::right)].position.y_px += 0.5 * apart * trunk_px;
  };
  move(Landmark::left_shoulder, 0.7);
  move(Landmark::left_hip, 0.38);
  move(Landmark::left_knee, 0.38);
  const base::ImagePoint ear = pose[Landmark::left_ear].position;
  pose[Landmark::nose].position = pose[Landmark::right_ear].position = ear;
  return pose;
}

BodyPosture posture_of(const Pose& pose) { return body_posture(pose, kObservedMinScore); }

TEST(Facing, is_the_floor_lying_prone_however_the_legs_are) {
  for (const Side near : pose::kSides) {
    for (const double bend_deg : {0.0, 60.0, 120.0}) {
      support::Posture posture = support::on_forearms();
      posture.knee_flexion_deg = {bend_deg, 0.0};
      EXPECT_EQ(facing(prone(posture, near), kObservedMinScore), Facing::floor) << bend_deg;
      EXPECT_EQ(posture_of(prone(posture, near)), BodyPosture::lying) << bend_deg;
    }
  }
}

TEST(Facing, is_the_ceiling_lying_on_the_back) {
  for (const Side near : pose::kSides) {
    const Pose back = turned_over(prone({}, near));
    EXPECT_EQ(facing(back, kObservedMinScore), Facing::ceiling);
    EXPECT_EQ(posture_of(back), BodyPosture::on_back);
  }
}

TEST(Facing, is_sideways_where_shoulders_and_hips_are_stacked) {
  for (const Side near : pose::kSides) {
    const Pose side = on_one_side(prone({}, near));
    EXPECT_EQ(facing(side, kObservedMinScore), Facing::sideways);
    EXPECT_EQ(posture_of(side), BodyPosture::on_side);
  }
}

TEST(Facing, is_unclear_where_face_and_feet_disagree_or_are_not_seen) {
  Pose twisted = turned_over(prone({}));
  const Pose straight = prone({});
  for (const Landmark face : {Landmark::nose, Landmark::left_ear, Landmark::right_ear})
    twisted[face] = straight[face];
  EXPECT_EQ(facing(twisted, kObservedMinScore), Facing::unclear);
  EXPECT_EQ(posture_of(twisted), BodyPosture::lying) << "not sure of anything else";
  Pose without_feet = turned_over(prone({}));
  for (const Landmark toes : {Landmark::left_foot_index, Landmark::right_foot_index})
    without_feet[toes].score = 0.0;
  EXPECT_EQ(facing(without_feet, kObservedMinScore), Facing::unclear);
  Pose without_face = turned_over(prone({}));
  without_face[Landmark::nose].score = 0.0;
  EXPECT_EQ(facing(without_face, kObservedMinScore), Facing::unclear);
  EXPECT_EQ(facing(Pose{}, kObservedMinScore), Facing::unclear);
}

TEST(Facing, of_a_prone_body_is_no_side_for_a_high_and_oblique_camera) {
  for (const double yaw_deg : {-25.0, 0.0, 25.0}) {
    support::Camera camera;
    camera.height_m = 1.3;  // 30 degrees above the mat
    camera.yaw_deg = yaw_deg;
    const Pose seen = *support::pictured(support::on_forearms(), camera).pose;
    EXPECT_NE(facing(seen, kObservedMinScore), Facing::sideways) << yaw_deg;
    EXPECT_EQ(posture_of(seen), BodyPosture::lying) << yaw_deg;
  }
}

TEST(Facing, is_no_side_where_the_nose_is_ahead_of_the_ears) {
  Pose head_up = on_one_side(prone({}));
  const double trunk_px = base::length(head_up[Landmark::left_shoulder].position -
                                       head_up[Landmark::left_hip].position);
  head_up[Landmark::nose].position.x_px += 0.2 * trunk_px;
  EXPECT_EQ(facing(head_up, kObservedMinScore), Facing::unclear);
  EXPECT_EQ(posture_of(head_up), BodyPosture::lying);
}

TEST(BodyPosture, is_lying_with_the_chest_pushed_up_high) {
  support::Posture posture;
  posture.trunk_incline_deg = 65.0;
  EXPECT_EQ(posture_of(prone(posture)), BodyPosture::lying);
  posture.trunk_incline_deg = 80.0;
  EXPECT_EQ(posture_of(prone(posture)), BodyPosture::upright);
}

TEST(BodyPosture, is_upright_sitting_with_the_legs_ahead) {
  support::Posture posture;
  posture.trunk_incline_deg = 65.0;
  EXPECT_EQ(posture_of(turned_over(prone(posture))), BodyPosture::upright);
}

// Both legs of a body lying prone, with thighs and shanks turned.
BodyFrame with_legs(double thigh_deg, double knee_deg) {
  BodyFrame body = support::observed(support::on_forearms());
  for (auto& leg : body.legs) {
    leg->thigh = base::Degrees(thigh_deg);
    leg->knee_flexion = base::Degrees(knee_deg);
  }
  return body;
}

// The hips a shank's length above the toes; trunk and legs in line.
support::Posture plank() {
  support::Posture posture;
  posture.trunk_incline_deg = 17.0;
  posture.hip_rise_m = 0.25;
  posture.knee_flexion_deg = {-17.0, -17.0};
  return posture;
}

TEST(RaisedHips, are_none_lying_prone_also_where_they_lift) {
  support::Posture posture = support::on_forearms();
  EXPECT_EQ(raised_hips(support::observed(posture)), RaisedHips::none);
  posture.hip_rise_m = 0.09;  // the largest fault that is simulated
  posture.knee_flexion_deg = {110.0, 15.0};
  EXPECT_EQ(raised_hips(support::observed(posture)), RaisedHips::none);
}

support::Posture with_hips_at(double rise_m, double trunk_deg) {
  support::Posture posture;
  posture.trunk_incline_deg = trunk_deg;
  posture.hip_rise_m = rise_m;
  // The feet stay on the mat.
  const double down_deg = rise_m / 0.8 * 180.0 / std::numbers::pi;
  posture.knee_flexion_deg = {down_deg, down_deg};
  return posture;
}

// Every view that is asked for, and one that is higher, also of small and of tall people.
template <class Check>
void in_every_view(double rise_m, double trunk_deg, Check&& check) {
  for (const double height_m : {1.48, 1.68, 1.95}) {
    support::Body body;
    body.height_m = height_m;
    for (const Side side : pose::kSides) {
      for (const double yaw_deg : {-10.0, 0.0, 10.0}) {
        for (const double roll_deg : {-5.0, 0.0, 5.0}) {
          for (const double camera_m : {0.2, 0.35, 0.5}) {
            support::Camera camera;
            camera.side = side;
            camera.yaw_deg = yaw_deg;
            camera.roll_deg = roll_deg;
            camera.height_m = camera_m;
            const pose::PoseFrame frame{
                0,
                {},
                camera.size,
                support::seen_by(camera, body, with_hips_at(rise_m, trunk_deg))};
            check(raised_hips(*measure(frame, kObservedMinScore)));
          }
        }
      }
    }
  }
}

TEST(RaisedHips, are_seen_a_little_off_the_mat_in_every_view_asked_for) {
  for (const double trunk_deg : {0.0, 24.0, 34.0}) {
    in_every_view(0.0, trunk_deg,
                  [&](RaisedHips hips) { EXPECT_EQ(hips, RaisedHips::none) << trunk_deg; });
    in_every_view(0.15, trunk_deg,
                  [&](RaisedHips hips) { EXPECT_NE(hips, RaisedHips::none) << trunk_deg; });
  }
}

TEST(RaisedHips, are_not_guessed_where_the_elbow_is_not_seen) {
  BodyFrame body = support::observed(with_hips_at(0.1, 29.0));
  EXPECT_EQ(raised_hips(body), RaisedHips::off_mat);
  body.elbow.reset();
  EXPECT_EQ(raised_hips(body), RaisedHips::none);
}

TEST(RaisedHips, are_told_apart_by_the_knees) {
  EXPECT_EQ(raised_hips(with_legs(-90.0, 90.0)), RaisedHips::on_all_fours);
  EXPECT_EQ(raised_hips(with_legs(-45.0, 5.0)), RaisedHips::on_feet);
  EXPECT_EQ(raised_hips(with_legs(-45.0, 70.0)), RaisedHips::none);
  EXPECT_EQ(raised_hips(support::observed(plank())), RaisedHips::on_feet);
  EXPECT_EQ(raised_hips(with_legs(-130.0, 147.0)), RaisedHips::none) << "sitting on the heels";
  BodyFrame one_leg = with_legs(-90.0, 90.0);
  one_leg.legs[0].reset();
  EXPECT_EQ(raised_hips(one_leg), RaisedHips::none);
}

}  // namespace
}  // namespace matside::kinematics
