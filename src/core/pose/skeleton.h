// Sets of joints of other programs, mapped to the landmarks.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "core/pose/landmark.h"
#include "core/pose/pose_frame.h"

namespace matside::pose {

/// One joint of a skeleton.
struct SkeletonJoint {
  std::string_view name;             ///< As in the skeleton's own documents.
  std::optional<Landmark> landmark;  ///< Nothing: not one of ours.
  /// For a joint that is not one of ours: midway between these two.
  std::optional<std::array<Landmark, 2>> between;
};

/// Joints in the order of files.
struct Skeleton {
  std::string_view name;
  std::span<const SkeletonJoint> joints;
  /// How many joints follow these in files: of the face and the hands, which are not ours.
  std::size_t further = 0;

  /// The number of joints in a file.
  [[nodiscard]] std::size_t size() const { return joints.size() + further; }
};

/// OpenPose's 25 joints.
extern const Skeleton kBody25;
/// The 17 joints of COCO's key points.
extern const Skeleton kCoco17;
/// Halpe-FullBody's 26 joints, as AlphaPose and RTMPose give them: COCO's and the feet.
extern const Skeleton kHalpe26;
/// Halpe-FullBody's 136 joints: those 26, the face and the hands.
extern const Skeleton kHalpe136;
/// COCO-WholeBody's 133 joints: COCO's 17, the feet, the face and the hands.
extern const Skeleton kWholeBody133;
/// OpenPose's 18 joints of its COCO model.
extern const Skeleton kOpenPose18;

/// @returns the skeleton with that number of joints in a file; null if there is none. 18 and 25
///   joints are OpenPose's.
const Skeleton* skeleton_of_size(std::size_t joints);

/// The skeleton's joint in a pose: its landmark, or the point between two with the lower score
/// of the two. Score 0 where the pose has neither.
Keypoint joint_of(const Pose& pose, const SkeletonJoint& joint);

}  // namespace matside::pose
