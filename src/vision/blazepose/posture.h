// Whether a body lies down in the picture.
#pragma once

#include "core/pose/pose_frame.h"

namespace matside::blazepose {

/// Whether trunk and thighs are nearer to horizontal than to upright in the picture and the
/// body, head to ankles, is wider than tall. The lower legs may point anywhere.
bool lies_down(const pose::Pose& pose);

/// Whether the trunk is nearer to horizontal than to upright in the picture.
bool trunk_is_level(const pose::Pose& pose);

}  // namespace matside::blazepose
