#include "vision/blazepose/orientation_estimator.h"

#include <gtest/gtest.h>

namespace matside::blazepose {
namespace {

using pose::Landmark;

constexpr base::ImageSize kSize{400, 300};

void put(pose::Pose& pose, Landmark left, base::ImagePoint near, base::ImagePoint far) {
  pose[left].position = far;
  pose[pose::on_side(left, pose::Side::right)].position = near;
}

/// A prone body with its head at the picture's right, so that the right side is near; on the
/// forearms or flat, with the near foot raised or not.
DetectedBody prone(bool on_forearms, bool foot_up) {
  DetectedBody body;
  body.pose.by_eye = true;
  body.near_is_right = true;
  pose::Pose& pose = body.pose;
  put(pose, Landmark::left_shoulder, {300, on_forearms ? 170.0 : 200.0},
      {302, on_forearms ? 168.0 : 196.0});
  put(pose, Landmark::left_elbow, {305, 210}, {307, 205});
  put(pose, Landmark::left_hip, {200, 205}, {201, 202});
  put(pose, Landmark::left_knee, {140, 208}, {141, 205});
  put(pose, Landmark::left_ankle, {foot_up ? 135.0 : 90.0, foot_up ? 150.0 : 205.0}, {91, 203});
  return body;
}

/// The body as the same picture would show it after a counter-clockwise turn, with sides
/// assigned by that picture's up.
DetectedBody stored_turned(DetectedBody body, int quarter_turns) {
  body.near_is_right.reset();  // positions only
  body.pose = turned(body, 4 - quarter_turns, kSize);
  body.near_is_right = quarter_turns != 2;
  if (quarter_turns != 2) return body;
  for (const Landmark left : {Landmark::left_shoulder, Landmark::left_elbow, Landmark::left_hip,
                              Landmark::left_knee, Landmark::left_ankle}) {
    std::swap(body.pose[left], body.pose[pose::on_side(left, pose::Side::right)]);
  }
  return body;
}

TEST(OrientationEstimator,
     is_told_by_the_elbows_or_a_raised_foot_however_the_picture_is_stored) {
  for (int quarter_turns = 0; quarter_turns < 4; ++quarter_turns) {
    EXPECT_EQ(estimate_quarter_turns(stored_turned(prone(true, false), quarter_turns)),
              quarter_turns);
    EXPECT_EQ(estimate_quarter_turns(stored_turned(prone(true, true), quarter_turns)),
              quarter_turns);
    EXPECT_EQ(estimate_quarter_turns(stored_turned(prone(false, true), quarter_turns)),
              quarter_turns);
  }
}

TEST(OrientationEstimator, gives_no_estimate_for_a_flat_body_or_without_the_eye) {
  DetectedBody flat = prone(false, false);
  put(flat.pose, Landmark::left_elbow, {350, 196}, {352, 194});
  EXPECT_FALSE(estimate_quarter_turns(flat));
  DetectedBody unseen = prone(true, true);
  unseen.pose.by_eye = false;
  EXPECT_FALSE(estimate_quarter_turns(unseen));
}

TEST(OrientationEstimator, is_not_told_by_elbows_that_point_up_behind_the_back) {
  DetectedBody clasped = prone(false, false);
  put(clasped.pose, Landmark::left_elbow, {255, 175}, {257, 172});
  EXPECT_FALSE(estimate_quarter_turns(clasped));
  DetectedBody kicking = prone(false, true);
  put(kicking.pose, Landmark::left_elbow, {255, 175}, {257, 172});
  EXPECT_EQ(estimate_quarter_turns(kicking), 0);
}

TEST(OrientationEstimator, changes_only_when_enough_consecutive_frames_agree) {
  OrientationEstimator upright;
  const DetectedBody turned_right = stored_turned(prone(true, false), 1);
  for (int i = 1; i < OrientationEstimator::kFramesToAgree; ++i) upright.update(turned_right);
  EXPECT_EQ(upright.quarter_turns(), 0);
  upright.update(prone(true, false));
  for (int i = 1; i < OrientationEstimator::kFramesToAgree; ++i) upright.update(turned_right);
  EXPECT_EQ(upright.quarter_turns(), 0);
  upright.update(turned_right);
  EXPECT_EQ(upright.quarter_turns(), 1);
}

TEST(Turned, restores_the_pose_of_the_upright_picture_with_its_sides) {
  const DetectedBody upright = prone(true, true);
  for (int quarter_turns = 0; quarter_turns < 4; ++quarter_turns) {
    const DetectedBody stored = stored_turned(upright, quarter_turns);
    const auto back = turned(stored, quarter_turns, turned(kSize, quarter_turns));
    for (const Landmark left :
         {Landmark::left_shoulder, Landmark::left_elbow, Landmark::left_hip,
          Landmark::left_knee, Landmark::left_ankle}) {
      for (const auto side : {pose::Side::left, pose::Side::right}) {
        const Landmark landmark = pose::on_side(left, side);
        EXPECT_EQ(back[landmark].position.x_px, upright.pose[landmark].position.x_px)
            << quarter_turns;
        EXPECT_EQ(back[landmark].position.y_px, upright.pose[landmark].position.y_px)
            << quarter_turns;
      }
    }
  }
}

}  // namespace
}  // namespace matside::blazepose
