// The reference network's body and the eye's reading of it, made one.
#pragma once

#include "core/pose/pose_frame.h"
#include "vision/blazepose/eye.h"
#include "vision/blazepose/region.h"

namespace matside::blazepose {

/// Whether the eye is in its depth: somebody lies prone here, and it is surer of that than of
/// everything else together. Elsewhere the reference stands alone.
bool in_its_depth(const EyeReading& reading);

/// Joins the eye's joints to the reference's: each joint is the mean of both weighted by their
/// variances where they agree, the eye's where they do not. Which of the near and far joints
/// are the left ones follows from how a prone body lies: near is right when the head is at the
/// picture's right. A joint's score becomes the chance that it is within 5 % of the body's
/// length. Landmarks that the eye does not know stay the reference's. The knees' flexion in
/// space is the eye's alone.
/// @param region where both looked; positions of `pose` are the picture's.
/// @returns whether the near side was taken for the right one.
bool join(const EyeReading& reading, const Region& region, pose::Pose& pose);

/// Where to look for the same body next, by the eye's joints.
Region region_of(const EyeReading& reading, const Region& region);

}  // namespace matside::blazepose
