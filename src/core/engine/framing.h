// Whether a lying body is complete in the picture, and large enough.
#pragma once

#include "core/exercise/observation_rules.h"
#include "core/kinematics/body_frame.h"
#include "core/pose/pose_frame.h"

namespace matside::engine {

/// How a lying body fits the picture.
struct Framing {
  bool legs_seen = false;  ///< both of them
  bool cut_off = false;    ///< a foot or the head at the picture's very edge or beyond it
  bool small = false;      ///< a pixel or two of noise is several degrees
};

/// @param frame must have a pose, which `body` was measured in
Framing assess_framing(const pose::PoseFrame& frame, const kinematics::BodyFrame& body,
                       const exercise::CameraRules& rules);

}  // namespace matside::engine
