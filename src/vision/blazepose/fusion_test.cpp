#include "vision/blazepose/fusion.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace matside::blazepose {
namespace {

using pose::Landmark;

/// A prone body with its head at the region's top; deviations are fractions of the side.
EyeReading prone(double deviation) {
  EyeReading reading;
  reading.posture = {0.0, 1.0, 0.0, 0.0};
  const std::array<double, kEyeJoints> down = {0.15, 0.25, 0.2, 0.1, 0.5,
                                               0.68, 0.85, 0.9, 0.95};
  reading.nose = {0.5, 0.12, deviation};
  for (std::size_t side = 0; side < 2; ++side) {
    for (std::size_t j = 0; j < kEyeJoints; ++j) {
      reading.sides[side][j] = {0.5 + 0.01 * static_cast<double>(side), down[j], deviation};
    }
  }
  return reading;
}

/// A region whose top is at the picture's right (or left).
Region lying(bool head_right) {
  const double quarter = head_right ? 1.5707963267948966 : -1.5707963267948966;
  return {{500.0, 300.0}, 400.0, base::Radians(quarter)};
}

TEST(FuseEstimates, takes_the_near_side_for_right_when_the_head_is_at_the_right) {
  for (const bool head_right : {true, false}) {
    const EyeReading reading = prone(0.001);
    pose::Pose pose;  // The reference's joints are far away, so only the eye's count.
    fuse_estimates(reading, lying(head_right), pose);
    const Landmark near = head_right ? Landmark::right_knee : Landmark::left_knee;
    const auto& joint = reading.at(CameraSide::near, EyeJoint::knee);
    const auto expected = lying(head_right).to_picture(joint.u, joint.v);
    EXPECT_NEAR(pose[near].position.x_px, expected.x_px, 1e-9) << head_right;
    EXPECT_NEAR(pose[near].position.y_px, expected.y_px, 1e-9) << head_right;
    EXPECT_GT(pose[near].score, 0.99);
  }
}

TEST(FuseEstimates, weights_both_estimates_when_they_agree) {
  const Region region = lying(true);
  const EyeReading reading = prone(0.025 * 0.72);  // As uncertain as the reference's near hip.
  pose::Pose pose;
  const auto& hip = reading.at(CameraSide::near, EyeJoint::hip);
  const auto eye = region.to_picture(hip.u, hip.v);
  pose[Landmark::right_hip].position = {eye.x_px + 6.0, eye.y_px};
  fuse_estimates(reading, region, pose);
  // The reference's tails make it twice as uncertain as its middle: a fifth of the weight.
  EXPECT_NEAR(pose[Landmark::right_hip].position.x_px, eye.x_px + 1.2, 1e-9);
}

TEST(FuseEstimates, assigns_each_knee_flexion_to_its_side) {
  EyeReading reading = prone(0.01);
  reading.knees = {pose::KneeEstimate{base::Degrees(101.0), base::Degrees(4.0)},
                   pose::KneeEstimate{base::Degrees(7.0), base::Degrees(9.0)}};
  pose::Pose pose;
  fuse_estimates(reading, lying(true), pose);  // The head is at the right: near is right.
  ASSERT_TRUE(pose.knees[0] && pose.knees[1]);
  EXPECT_EQ(pose.knees[index(pose::Side::right)]->flexion.value(), 101.0);
  EXPECT_EQ(pose.knees[index(pose::Side::left)]->deviation.value(), 9.0);
}

TEST(FuseEstimates, scores_a_joint_by_the_probability_of_the_right_position) {
  pose::Pose sure;
  fuse_estimates(prone(0.005), lying(true), sure);
  pose::Pose unsure;
  fuse_estimates(prone(0.2), lying(true), unsure);
  EXPECT_GT(sure[Landmark::left_ankle].score, 0.99);
  EXPECT_LT(unsure[Landmark::left_ankle].score, 0.05);
}

TEST(NextRegion, contains_the_whole_body_with_its_legs_stretched) {
  const EyeReading reading = prone(0.01);
  const Region region = next_region(reading, lying(true));
  // Hip to ankle and most of a foot: 0.42 of 400 px, 2.5 times.
  EXPECT_NEAR(region.side_px, 2.5 * 400.0 * 0.42, 1.0);
  EXPECT_NEAR(base::to_degrees(region.turn).value(), 90.0, 1.0);
}

TEST(FuseEstimates, takes_the_eyes_position_when_they_disagree) {
  const Region region = lying(true);
  const EyeReading reading = prone(0.01);
  pose::Pose pose;
  const auto& hip = reading.at(CameraSide::near, EyeJoint::hip);
  const auto eye = region.to_picture(hip.u, hip.v);
  pose[Landmark::right_hip].position = {eye.x_px + 80.0, eye.y_px};
  fuse_estimates(reading, region, pose);
  EXPECT_NEAR(pose[Landmark::right_hip].position.x_px, eye.x_px, 1e-9);
}

TEST(FuseEstimates, leaves_landmarks_that_the_eye_does_not_locate) {
  pose::Pose pose;
  pose[Landmark::left_pinky] = {{12.0, 34.0}, 0.7};
  pose[Landmark::mouth_right] = {{56.0, 78.0}, 0.6};
  fuse_estimates(prone(0.01), lying(true), pose);
  EXPECT_EQ(pose[Landmark::left_pinky].position.x_px, 12.0);
  EXPECT_EQ(pose[Landmark::left_pinky].score, 0.7);
  EXPECT_EQ(pose[Landmark::mouth_right].position.y_px, 78.0);
}

TEST(FuseEstimates, uses_the_references_sides_for_a_body_along_the_vertical) {
  const Region vertical{{500.0, 300.0}, 400.0, base::Radians(0.0)};
  const EyeReading reading = prone(0.01);
  for (const bool near_is_left : {true, false}) {
    pose::Pose pose;
    for (const EyeJoint joint : {EyeJoint::shoulder, EyeJoint::hip}) {
      const Landmark left =
          joint == EyeJoint::hip ? Landmark::left_hip : Landmark::left_shoulder;
      const Landmark right = pose::on_side(left, pose::Side::right);
      const auto& near = reading.at(CameraSide::near, joint);
      const auto& far = reading.at(CameraSide::far, joint);
      pose[near_is_left ? left : right].position = vertical.to_picture(near.u, near.v);
      pose[near_is_left ? right : left].position = vertical.to_picture(far.u, far.v);
    }
    EXPECT_EQ(fuse_estimates(reading, vertical, pose), !near_is_left);
  }
}

TEST(ConfidentlyProne, needs_more_than_even_odds) {
  EyeReading reading;
  reading.posture = {0.1, 0.51, 0.2, 0.19};
  EXPECT_TRUE(is_confidently_prone(reading));
  reading.posture = {0.1, 0.5, 0.2, 0.2};
  EXPECT_FALSE(is_confidently_prone(reading));
}

TEST(NextRegion, stays_when_shoulders_and_hips_coincide) {
  EyeReading reading = prone(0.01);
  for (auto& side : reading.sides) side.fill({0.5, 0.5, 0.01});
  const Region region = lying(true);
  EXPECT_EQ(next_region(reading, region).side_px, region.side_px);
}

}  // namespace
}  // namespace matside::blazepose
