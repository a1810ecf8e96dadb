// Whether a body lying in the picture is all there, and large enough.
#pragma once

#include "core/kinematics/body_frame.h"
#include "core/pose/pose_frame.h"

namespace matside::engine {

struct Framing {
  bool legs_seen = false;  ///< both of them
  bool cut_off = false;    ///< a foot or the head at the picture's very edge or beyond it
  bool small = false;      ///< noise of a pixel or two is several degrees
};

/// @param frame must have a pose, which `body` was measured in
Framing assess_framing(const pose::PoseFrame& frame, const kinematics::BodyFrame& body);

/// A camera further off square than this is told, and one that looks down more steeply.
/// @source movement.md 5.5; a lens 1.2 m above a mat 2.4 m away looks down so far
inline constexpr base::Degrees kMaxCameraYaw(25.0);
inline constexpr base::Degrees kMaxCameraPitch(25.0);
/// A trunk this far outside the level's range is another level's: the range is of true angles,
/// and a camera off square or high makes some ten degrees of a trunk's incline.
/// @source movement.md 5.5
inline constexpr base::Degrees kTrunkMargin(14.0);

}  // namespace matside::engine
