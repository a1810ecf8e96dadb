// Which way a body in the picture faces, from its face and feet.
#pragma once

#include "core/pose/pose_frame.h"

namespace matside::kinematics {

/// Where the front of the body is.
enum class Facing {
  unclear,   ///< not seen well enough to be sure
  floor,     ///< downward, as lying prone
  ceiling,   ///< upward, as lying on the back
  sideways,  ///< toward the camera or away from it, as lying on the side
};

/// Sure or unclear. Toward the floor or the ceiling needs a face and a foot that agree.
/// @param min_score joints with a lower score are not used
Facing facing(const pose::Pose& pose, double min_score);

}  // namespace matside::kinematics
