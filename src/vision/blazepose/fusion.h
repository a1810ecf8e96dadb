// Fuses the reference network's body with the eye's reading of it.
#pragma once

#include "core/pose/pose_frame.h"
#include "vision/blazepose/eye.h"
#include "vision/blazepose/region.h"

namespace matside::blazepose {

/// Whether the eye gives a prone body more than even odds. Only then is its reading used.
bool is_confidently_prone(const EyeReading& reading);

/// Fuses the eye's joints into `pose`, whose positions are in upright picture pixels.
///
/// A joint on which both agree becomes their mean weighted by inverse variance; otherwise the
/// eye's position is taken. Near is right when the head of a prone body is at the picture's
/// right. A joint's score becomes the probability that it is within 5 % of the body's length.
/// Landmarks that the eye does not locate are unchanged. Knee flexion is the eye's.
/// @param region the region that both networks processed.
/// @returns whether the near side was taken for the right one.
/// @source docs/eye.md, "The reference on lying bodies"
bool fuse_estimates(const EyeReading& reading, const Region& region, pose::Pose& pose);

/// The region for the same body in the next frame, from the eye's joints, in picture pixels.
/// Returns `region` when shoulders and hips coincide.
Region next_region(const EyeReading& reading, const Region& region);

}  // namespace matside::blazepose
