// Sets of joints of other programs, mapped to the landmarks.
#pragma once

#include <array>
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
};

/// OpenPose's 25 joints.
extern const Skeleton kBody25;
/// The 17 joints of COCO's key points.
extern const Skeleton kCoco17;
/// Halpe-FullBody's 26 joints, as AlphaPose and RTMPose give them: COCO's and the feet.
extern const Skeleton kHalpe26;

/// The skeleton's joint in a pose: its landmark, or the point between two with the lower score
/// of the two. Score 0 where the pose has neither.
Keypoint joint_of(const Pose& pose, const SkeletonJoint& joint);

}  // namespace matside::pose
