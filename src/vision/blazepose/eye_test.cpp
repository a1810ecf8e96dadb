#include "vision/blazepose/eye.h"

#include <gtest/gtest.h>

#include <cmath>

#include "vision/blazepose/fusion.h"

namespace matside::blazepose {
namespace {

constexpr std::size_t kChannels = 42;
constexpr std::size_t kPlaces = 19;
using pose::Landmark;

/// The eye's outputs, as if the network had made them.
struct Outputs {
  std::vector<float> maps = std::vector<float>(std::size_t{64} * 64 * kChannels, -30.0F);
  std::vector<float> posture = std::vector<float>(std::size_t{8} * 8 * kPostureClassCount);

  void set(std::size_t x, std::size_t y, std::size_t channel, double value) {
    maps[(y * 64 + x) * kChannels + channel] = static_cast<float>(value);
  }
  void search_all_regions(std::size_t channel, double value) {
    for (std::size_t cell = 0; cell < 64 * 64; ++cell) {
      maps[cell * kChannels + channel] = static_cast<float>(value);
    }
  }
  [[nodiscard]] EyeReading read() const { return read_eye(maps, posture); }
};

TEST(ReadEye, places_a_joint_at_the_mean_of_its_probabilities) {
  Outputs outputs;
  outputs.set(10, 20, 0, 5.0);
  outputs.set(12, 20, 0, 5.0);
  outputs.search_all_regions(kPlaces, std::log(8.0));
  const JointEstimate nose = outputs.read().nose;
  EXPECT_NEAR(nose.u, 11.5 / 64, 1e-6);
  EXPECT_NEAR(nose.v, 20.5 / 64, 1e-6);
  EXPECT_NEAR(nose.deviation, 8.0 / 256, 1e-6);
}

TEST(ReadEye, distinguishes_near_and_far_joints) {
  Outputs outputs;
  outputs.set(1, 2, 6, 9.0);   // near knee
  outputs.set(3, 4, 15, 9.0);  // far knee
  const EyeReading reading = outputs.read();
  EXPECT_NEAR(reading.at(CameraSide::near, EyeJoint::knee).u, 1.5 / 64, 1e-4);
  EXPECT_NEAR(reading.at(CameraSide::far, EyeJoint::knee).v, 4.5 / 64, 1e-4);
}

TEST(ReadEye, takes_flexion_where_the_knee_is) {
  Outputs outputs;
  outputs.set(30, 30, 15, 40.0);
  outputs.search_all_regions(2 * kPlaces + 1, 0.1);
  outputs.set(30, 30, 2 * kPlaces + 1, 0.95);
  outputs.search_all_regions(2 * kPlaces + 3, std::log(4.0));
  const pose::KneeEstimate far = outputs.read().knees[1];
  EXPECT_NEAR(far.flexion.value(), 95.0, 1e-3);
  EXPECT_NEAR(far.deviation.value(), 4.0, 1e-4);
}

TEST(ReadEye, averages_the_posture_over_the_region) {
  Outputs outputs;
  for (std::size_t cell = 0; cell < 64; ++cell) {
    outputs.posture[cell * kPostureClassCount + 1] = cell % 2 == 0 ? 4.0F : 0.0F;
  }
  const EyeReading reading = outputs.read();
  EXPECT_NEAR(reading.chance(PostureClass::prone), std::exp(2.0) / (std::exp(2.0) + 3.0), 1e-6);
  EXPECT_TRUE(is_confidently_prone(reading));
}

/// Somebody prone, the head at the region's top, read with these deviations (of the side).
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

/// A region turned so that what is at its top is at the picture's right (or left).
Region lying(bool head_right) {
  const double quarter = head_right ? 1.5707963267948966 : -1.5707963267948966;
  return {{500.0, 300.0}, 400.0, base::Radians(quarter)};
}

TEST(FuseEstimates, takes_the_near_side_for_right_when_the_head_is_at_the_right) {
  for (const bool head_right : {true, false}) {
    const EyeReading reading = prone(0.001);
    pose::Pose pose;  // The reference's joints are far off: the eye's alone count.
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

}  // namespace
}  // namespace matside::blazepose
