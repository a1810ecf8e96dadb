// Whether a body lies down in a picture.
#pragma once

#include "core/base/point.h"
#include "core/pose/pose_frame.h"

namespace matside::blazepose {

/// The midpoint of a left landmark and its right counterpart, in the pose's pixels.
base::ImagePoint midpoint(const pose::Pose& pose, pose::Landmark left);

/// Whether trunk and thighs are nearer to horizontal than to vertical in the upright picture
/// and the body from head to ankles is wider than tall. Lower legs may point anywhere.
bool lies_down(const pose::Pose& pose);

/// Whether the trunk is nearer to horizontal than to vertical in the upright picture.
bool trunk_is_level(const pose::Pose& pose);

}  // namespace matside::blazepose
