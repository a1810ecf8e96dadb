// The state after the last frame, for live display and coaching.
#pragma once

#include <array>
#include <optional>

#include "core/base/quantity.h"
#include "core/engine/framing.h"
#include "core/exercise/movement_tracker.h"
#include "core/kinematics/body_frame.h"

namespace matside::engine {

/// Provisional: has no influence on what is counted.
struct FrameState {
  base::Seconds time;
  kinematics::BodyPosture posture = kinematics::BodyPosture::unclear;
  bool person = false;  ///< a person was found in the picture
  Framing framing;      ///< of a person who lies
  base::Degrees trunk;  ///< hip-shoulder line above the floor as seen, where there is a person
  std::array<std::optional<base::Degrees>, 2> knee_flexion;  ///< as seen, by pose::index(Side)
  bool settled = false;                                      ///< the person's own rest is known
  /// Above rest, measured as the engine does but for the smoothing; once settled.
  std::array<std::optional<base::Degrees>, 2> knee_bend;
  std::optional<base::Degrees> camera_yaw;    ///< as CameraView's, once settled
  std::optional<base::Degrees> camera_pitch;  ///< likewise
  exercise::MovementState movement;
};

}  // namespace matside::engine
