// Random poses of bodies that are not prone: lying on the back or side, kneeling, sitting,
// standing or rising.
#pragma once

#include "tools/bodyrender/pose.h"

namespace matside::bodyrender {

/// A pose of the given posture (not prone, not nobody). Lying bodies point the head to +x,
/// upright ones look to +z.
Pose draw_pose(const Shape& shape, Posture posture, Random& random);

}  // namespace matside::bodyrender
