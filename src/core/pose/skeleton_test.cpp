#include "core/pose/skeleton.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace matside::pose {
namespace {

const Skeleton* const kAll[] = {&kBody25,   &kCoco17,       &kHalpe26,
                                &kHalpe136, &kWholeBody133, &kOpenPose18};

/// A pose with each landmark in a place of its own, all seen.
Pose spread() {
  Pose pose;
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    const auto n = static_cast<double>(i);
    pose.keypoints[i] = {{10.0 * n, 1000.0 - 3.0 * n}, 1.0 - 0.01 * n};
  }
  return pose;
}

const SkeletonJoint* joint(const Skeleton& skeleton, std::string_view name) {
  const auto found = std::ranges::find(skeleton.joints, name, &SkeletonJoint::name);
  return found == skeleton.joints.end() ? nullptr : &*found;
}

TEST(Skeletons, have_as_many_joints_as_their_documents_say) {
  EXPECT_EQ(kBody25.joints.size(), 25U);
  EXPECT_EQ(kCoco17.joints.size(), 17U);
  EXPECT_EQ(kHalpe26.joints.size(), 26U);
  EXPECT_EQ(kHalpe136.size(), 136U);
  EXPECT_EQ(kWholeBody133.size(), 133U);
  EXPECT_EQ(kOpenPose18.size(), 18U);
}

TEST(Skeletons, are_found_by_their_number_of_joints) {
  for (const Skeleton* skeleton : kAll) {
    EXPECT_EQ(skeleton_of_size(skeleton->size()), skeleton) << skeleton->name;
  }
  EXPECT_EQ(skeleton_of_size(0), nullptr);
  EXPECT_EQ(skeleton_of_size(24), nullptr);
}

TEST(Skeletons, name_each_joint_once_and_map_it_to_one_place) {
  for (const Skeleton* skeleton : kAll) {
    std::set<std::string_view> names;
    std::set<Landmark> landmarks;
    std::size_t mapped = 0;
    for (const SkeletonJoint& j : skeleton->joints) {
      names.insert(j.name);
      if (j.landmark) {
        landmarks.insert(*j.landmark);
        ++mapped;
      }
      EXPECT_FALSE(j.landmark && j.between) << j.name;
    }
    EXPECT_EQ(names.size(), skeleton->joints.size()) << skeleton->name;
    EXPECT_EQ(landmarks.size(), mapped) << skeleton->name;
  }
}

TEST(Skeletons, have_the_joints_that_the_exercise_is_measured_by) {
  for (const Skeleton* skeleton : kAll) {
    for (const Landmark left :
         {Landmark::left_ear, Landmark::left_shoulder, Landmark::left_elbow, Landmark::left_hip,
          Landmark::left_knee, Landmark::left_ankle}) {
      for (const Side side : kSides) {
        const auto has = std::ranges::count(
            skeleton->joints, std::optional(on_side(left, side)), &SkeletonJoint::landmark);
        EXPECT_EQ(has, 1) << skeleton->name << ' ' << name(on_side(left, side));
      }
    }
  }
}

// The orders are those of the documents of OpenPose and COCO.
TEST(Skeletons, are_in_the_published_order) {
  EXPECT_EQ(kBody25.joints[0].name, "Nose");
  EXPECT_EQ(kBody25.joints[8].name, "MidHip");
  EXPECT_EQ(kBody25.joints[10].name, "RKnee");
  EXPECT_EQ(kBody25.joints[13].name, "LKnee");
  EXPECT_EQ(kCoco17.joints[5].name, "left_shoulder");
  EXPECT_EQ(kCoco17.joints[16].name, "right_ankle");
  EXPECT_EQ(kWholeBody133.joints[17].name, "left_big_toe");
  EXPECT_EQ(kWholeBody133.joints[22].name, "right_heel");
  EXPECT_EQ(kOpenPose18.joints[8].name, "RHip");
  EXPECT_EQ(kOpenPose18.joints[17].name, "LEar");
}

TEST(Skeletons, halpe_begins_with_all_of_coco) {
  for (std::size_t i = 0; i < kCoco17.joints.size(); ++i) {
    EXPECT_EQ(kHalpe26.joints[i].name, kCoco17.joints[i].name);
    EXPECT_EQ(kHalpe26.joints[i].landmark, kCoco17.joints[i].landmark);
  }
}

TEST(JointOf, a_landmark_is_that_landmark) {
  const Pose pose = spread();
  for (const Skeleton* skeleton : kAll) {
    for (const SkeletonJoint& j : skeleton->joints) {
      if (!j.landmark) continue;
      const Keypoint k = joint_of(pose, j);
      EXPECT_EQ(k.position.x_px, pose[*j.landmark].position.x_px);
      EXPECT_EQ(k.position.y_px, pose[*j.landmark].position.y_px);
      EXPECT_EQ(k.score, pose[*j.landmark].score);
    }
  }
}

TEST(JointOf, the_neck_is_midway_between_the_shoulders_and_as_sure_as_the_less_sure) {
  Pose pose;
  pose[Landmark::left_shoulder] = {{100.0, 40.0}, 0.9};
  pose[Landmark::right_shoulder] = {{140.0, 60.0}, 0.4};
  for (const SkeletonJoint* neck : {joint(kBody25, "Neck"), joint(kHalpe26, "neck")}) {
    ASSERT_NE(neck, nullptr);
    const Keypoint k = joint_of(pose, *neck);
    EXPECT_EQ(k.position.x_px, 120.0);
    EXPECT_EQ(k.position.y_px, 50.0);
    EXPECT_EQ(k.score, 0.4);
  }
}

TEST(JointOf, a_middle_needs_both_its_sides) {
  const SkeletonJoint* hips = joint(kBody25, "MidHip");
  ASSERT_NE(hips, nullptr);
  for (const Landmark missing : {Landmark::left_hip, Landmark::right_hip}) {
    Pose pose = spread();
    pose[missing].score = 0.0;
    EXPECT_EQ(joint_of(pose, *hips).score, 0.0);
    EXPECT_EQ(joint_of(pose, *hips).position.x_px, 0.0);
  }
}

TEST(JointOf, a_joint_that_is_not_among_ours_is_absent) {
  for (const Skeleton* skeleton : kAll) {
    for (const SkeletonJoint& j : skeleton->joints) {
      if (!j.landmark && !j.between) {
        EXPECT_EQ(joint_of(spread(), j).score, 0.0) << j.name;
      }
    }
  }
  EXPECT_EQ(joint_of(spread(), *joint(kBody25, "LSmallToe")).score, 0.0);
  EXPECT_EQ(joint_of(Pose{}, *joint(kBody25, "Nose")).score, 0.0);
}

}  // namespace
}  // namespace matside::pose
