#include "tools/bodyrender/pose.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tools/bodyrender/ground_truth.h"
#include "tools/bodyrender/postures.h"
#include "tools/bodyrender/prone.h"
#include "tools/bodyrender/stick_figure.h"

namespace matside::bodyrender {
namespace {

constexpr float kClearance_m = 0.01F;
constexpr float kClose_m = 0.002F;

class Posing : public testing::Test {
 protected:
  BodyData data_ = stick_figure();
  Shape shape_ = make_shape(data_, Build());

  [[nodiscard]] GroundTruth truth_of(const Pose& pose) const {
    return measure(shape_, rest_on_floor(shape_, pose, kClearance_m), Mat3::Identity(),
                   Vec3::Zero());
  }
  [[nodiscard]] float lowest_of(const GroundedPose& rested) const {
    float low = 10.0F;
    for (int v = 0; v < static_cast<int>(data_.vertices.size()); ++v) {
      low = std::min(low, skinned(shape_, rested.skeleton, v).y());
    }
    return low;
  }
};

TEST_F(Posing, the_knee_bends_by_the_requested_angle) {
  for (const float knee_deg : {0.0F, 30.0F, 90.0F, 130.0F}) {
    Prone prone;
    prone.flatten = 1.0F;
    for (ProneLeg& leg : prone.legs) leg.thigh_deg = 8.0F;  // so that no foot is in the way
    prone.legs[0].knee_deg = knee_deg;
    const GroundTruth truth = truth_of(prone_pose(shape_, prone));
    EXPECT_NEAR(truth.knee_flexion_deg[0], knee_deg, 0.1F);
    EXPECT_NEAR(truth.knee_flexion_deg[1], 0.0F, 0.1F);
  }
}

TEST_F(Posing, a_bent_knee_of_a_prone_body_points_the_heel_up) {
  Prone prone;
  prone.flatten = 1.0F;
  prone.legs[1].knee_deg = 90.0F;
  const GroundTruth truth = truth_of(prone_pose(shape_, prone));
  const float shank_m = 0.41F;
  EXPECT_NEAR(truth.joints[14].y() - truth.joints[12].y(), shank_m, kClose_m);
  EXPECT_NEAR(truth.joints[13].y() - truth.joints[11].y(), 0.0F, 0.02F);
}

TEST_F(Posing, a_prone_body_has_its_head_ahead_and_its_left_side_at_negative_z) {
  const GroundTruth truth = truth_of(prone_pose(shape_, Prone()));
  EXPECT_GT(truth.joints[0].x(), truth.hip_middle().x());
  EXPECT_LT(truth.joints[kLeftHip].z(), truth.joints[kLeftHip + 1].z());
}

TEST_F(Posing, both_elbows_rest_on_the_floor_in_the_set_up_on_the_forearms) {
  for (const float forward_deg : {0.0F, 20.0F, 35.0F}) {
    Prone prone;
    prone.elbow_forward_deg = forward_deg;
    const GroundTruth truth = truth_of(prone_pose(shape_, prone));
    for (const std::size_t elbow : {std::size_t{5}, std::size_t{6}}) {
      EXPECT_NEAR(truth.joints.at(elbow).y(), 0.045F, 0.02F);
    }
    EXPECT_GT(truth.trunk_incline_deg, 5.0F);
  }
}

TEST_F(Posing, the_length_is_that_of_the_straight_body_in_any_pose) {
  Random random(9);
  Prone straight;
  straight.flatten = 1.0F;
  const float straight_m = truth_of(prone_pose(shape_, straight)).length_m;
  EXPECT_NEAR(straight_m, 1.75F, 0.1F);
  for (int k = 0; k < 20; ++k) {
    Prone bent = straight;
    bent.legs[0].knee_deg = random.uniform(0.0F, 130.0F);
    EXPECT_NEAR(truth_of(prone_pose(shape_, bent)).length_m, straight_m, kClose_m);
  }
}

TEST_F(Posing, the_two_forearms_mirror_each_other) {
  Prone prone;
  prone.arm_inward = 0.8F;
  const GroundTruth truth = truth_of(prone_pose(shape_, prone));
  EXPECT_NEAR(truth.joints[7].x(), truth.joints[8].x(), kClose_m);
  EXPECT_NEAR(truth.joints[7].z(), -truth.joints[8].z(), kClose_m);
}

TEST_F(Posing, no_foot_of_a_prone_body_is_under_the_floor) {
  Random random(3);
  for (int k = 0; k < 60; ++k) {
    Prone prone = draw_prone(random);
    prone.roll_deg = 0.0F;
    const GroundedPose rested = rest_on_floor(shape_, prone_pose(shape_, prone), kClearance_m);
    for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
      EXPECT_GT(lowest(shape_, rested.skeleton, shape_.foot.at(side)), -0.02F);
    }
  }
}

TEST_F(Posing, a_standing_body_rests_on_its_lowest_point) {
  Random random(4);
  for (int k = 0; k < 20; ++k) {
    const Pose pose = draw_pose(shape_, Posture::standing, random);
    EXPECT_NEAR(lowest_of(rest_on_floor(shape_, pose, kClearance_m)), kClearance_m, 0.03F);
  }
}

TEST_F(Posing, a_random_pose_has_its_posture_and_joints_within_limits) {
  Random random(5);
  for (const Posture posture : {Posture::supine, Posture::on_side, Posture::kneeling,
                                Posture::sitting, Posture::standing}) {
    for (int k = 0; k < 40; ++k) {
      const Pose pose = draw_pose(shape_, posture, random);
      EXPECT_EQ(pose.posture, posture);
      for (const LegPose& leg : pose.legs) {
        EXPECT_GT(leg.knee_deg, -5.0F);
        EXPECT_LT(leg.knee_deg, 160.0F);
        EXPECT_GT(leg.thigh_deg, -135.0F);
        EXPECT_LT(leg.thigh_deg, 30.0F);
      }
    }
  }
}

TEST_F(Posing, halfway_between_two_poses_the_angles_are_halfway) {
  Pose from;
  Pose to;
  from.legs[0].knee_deg = 20.0F;
  to.legs[0].knee_deg = 100.0F;
  to.root = rotation_x(90.0F);
  const Pose middle = between(from, to, 0.5F);
  EXPECT_NEAR(middle.legs[0].knee_deg, 60.0F, 1e-3F);
  EXPECT_TRUE(middle.root.isApprox(rotation_x(45.0F), 1e-3F));
}

TEST_F(Posing, a_reaching_hand_arrives_if_it_can) {
  Pose pose;
  pose.posture = Posture::standing;
  for (ArmPose& arm : pose.arms) {
    arm.aim = ArmAim::reach;
    arm.target_from_shoulder = true;
    arm.target = Vec3(0.0F, -0.2F, 0.35F);
    arm.direction = Vec3(0.0F, -1.0F, 0.0F);
  }
  const GroundTruth truth = truth_of(pose);
  EXPECT_LT((truth.joints[7] - truth.joints[3] - Vec3(0.0F, -0.2F, 0.35F)).norm(), kClose_m);
}

TEST_F(Posing, the_region_circle_contains_the_body_with_straight_legs) {
  Prone prone;
  prone.legs[0].knee_deg = 110.0F;
  const GroundTruth truth = truth_of(prone_pose(shape_, prone));
  Camera camera;
  camera.eye = Vec3(0.0F, 0.5F, 3.0F);
  camera.look = camera_axes(Vec3(0.0F, -0.1F, -1.0F), 0.0F);
  const RegionPoints points = region_points(truth, camera);
  const float radius = (points.end - points.middle).norm();
  for (std::size_t j = 0; j < kJoints; ++j) {
    if (j >= 5 && j <= 8) continue;  // arms may reach out of it, toes a little
    const Vec2 place = camera.to_frame(camera.to_camera(truth.joints.at(j)));
    EXPECT_LT((place - points.middle).norm(), 1.07F * radius);
  }
  EXPECT_GT(points.end.x(), points.middle.x());
}

}  // namespace
}  // namespace matside::bodyrender
