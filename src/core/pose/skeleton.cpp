#include "core/pose/skeleton.h"

#include <algorithm>

namespace matside::pose {
namespace {

using Between = std::array<Landmark, 2>;

constexpr Between kShoulders{Landmark::left_shoulder, Landmark::right_shoulder};
constexpr Between kHips{Landmark::left_hip, Landmark::right_hip};

constexpr SkeletonJoint ours(std::string_view name, Landmark landmark) {
  return {name, landmark, std::nullopt};
}
constexpr SkeletonJoint midway(std::string_view name, Between between) {
  return {name, std::nullopt, between};
}
constexpr SkeletonJoint unknown(std::string_view name) {
  return {name, std::nullopt, std::nullopt};
}

constexpr std::array kBody25Joints{
    ours("Nose", Landmark::nose),
    midway("Neck", kShoulders),
    ours("RShoulder", Landmark::right_shoulder),
    ours("RElbow", Landmark::right_elbow),
    ours("RWrist", Landmark::right_wrist),
    ours("LShoulder", Landmark::left_shoulder),
    ours("LElbow", Landmark::left_elbow),
    ours("LWrist", Landmark::left_wrist),
    midway("MidHip", kHips),
    ours("RHip", Landmark::right_hip),
    ours("RKnee", Landmark::right_knee),
    ours("RAnkle", Landmark::right_ankle),
    ours("LHip", Landmark::left_hip),
    ours("LKnee", Landmark::left_knee),
    ours("LAnkle", Landmark::left_ankle),
    ours("REye", Landmark::right_eye),
    ours("LEye", Landmark::left_eye),
    ours("REar", Landmark::right_ear),
    ours("LEar", Landmark::left_ear),
    ours("LBigToe", Landmark::left_foot_index),
    unknown("LSmallToe"),
    ours("LHeel", Landmark::left_heel),
    ours("RBigToe", Landmark::right_foot_index),
    unknown("RSmallToe"),
    ours("RHeel", Landmark::right_heel),
};

// Halpe-26 begins with COCO's 17.
constexpr std::array kHalpe26Joints{
    ours("nose", Landmark::nose),
    ours("left_eye", Landmark::left_eye),
    ours("right_eye", Landmark::right_eye),
    ours("left_ear", Landmark::left_ear),
    ours("right_ear", Landmark::right_ear),
    ours("left_shoulder", Landmark::left_shoulder),
    ours("right_shoulder", Landmark::right_shoulder),
    ours("left_elbow", Landmark::left_elbow),
    ours("right_elbow", Landmark::right_elbow),
    ours("left_wrist", Landmark::left_wrist),
    ours("right_wrist", Landmark::right_wrist),
    ours("left_hip", Landmark::left_hip),
    ours("right_hip", Landmark::right_hip),
    ours("left_knee", Landmark::left_knee),
    ours("right_knee", Landmark::right_knee),
    ours("left_ankle", Landmark::left_ankle),
    ours("right_ankle", Landmark::right_ankle),
    unknown("head"),
    midway("neck", kShoulders),
    midway("hip", kHips),
    ours("left_big_toe", Landmark::left_foot_index),
    ours("right_big_toe", Landmark::right_foot_index),
    unknown("left_small_toe"),
    unknown("right_small_toe"),
    ours("left_heel", Landmark::left_heel),
    ours("right_heel", Landmark::right_heel),
};

constexpr std::size_t kCocoJoints = 17;
constexpr std::size_t kFaceAndHands = 68 + 2 * 21;

// COCO-WholeBody has the feet after COCO's 17 joints.
constexpr std::array kFeet{
    ours("left_big_toe", Landmark::left_foot_index),
    unknown("left_small_toe"),
    ours("left_heel", Landmark::left_heel),
    ours("right_big_toe", Landmark::right_foot_index),
    unknown("right_small_toe"),
    ours("right_heel", Landmark::right_heel),
};

constexpr auto kWholeBodyJoints = [] {
  std::array<SkeletonJoint, kCocoJoints + kFeet.size()> joints{};
  for (std::size_t i = 0; i < kCocoJoints; ++i) joints[i] = kHalpe26Joints[i];
  for (std::size_t i = 0; i < kFeet.size(); ++i) joints[kCocoJoints + i] = kFeet[i];
  return joints;
}();

// Without MidHip and the feet.
constexpr auto kOpenPose18Joints = [] {
  constexpr std::size_t kArms = 8;
  std::array<SkeletonJoint, 18> joints{};
  for (std::size_t i = 0; i < joints.size(); ++i) {
    joints[i] = kBody25Joints[i < kArms ? i : i + 1];
  }
  return joints;
}();

}  // namespace

const Skeleton kBody25{"openpose-body-25", kBody25Joints};
const Skeleton kCoco17{"coco-17", std::span(kHalpe26Joints).first(kCocoJoints)};
const Skeleton kHalpe26{"halpe-26", kHalpe26Joints};
const Skeleton kHalpe136{"halpe-136", kHalpe26Joints, kFaceAndHands};
const Skeleton kWholeBody133{"coco-wholebody-133", kWholeBodyJoints, kFaceAndHands};
const Skeleton kOpenPose18{"openpose-coco-18", kOpenPose18Joints};

const Skeleton* skeleton_of_size(std::size_t joints) {
  constexpr std::array kAll{&kCoco17,  &kOpenPose18,   &kBody25,
                            &kHalpe26, &kWholeBody133, &kHalpe136};
  const auto* const found = std::ranges::find_if(
      kAll, [&](const Skeleton* skeleton) { return skeleton->size() == joints; });
  return found == kAll.end() ? nullptr : *found;
}

Keypoint joint_of(const Pose& pose, const SkeletonJoint& joint) {
  if (joint.landmark) return pose[*joint.landmark];
  if (!joint.between) return {};
  const Keypoint& a = pose[(*joint.between)[0]];
  const Keypoint& b = pose[(*joint.between)[1]];
  const double score = std::min(a.score, b.score);
  if (!(score > 0.0)) return {};
  return {a.position + (b.position - a.position) * 0.5, score};
}

}  // namespace matside::pose
