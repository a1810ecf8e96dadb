// What was seen in the frame pushed last: for whoever shows or says what happens while it does.
#pragma once

#include <array>
#include <optional>

#include "core/base/quantity.h"
#include "core/engine/framing.h"
#include "core/exercise/movement_tracker.h"
#include "core/kinematics/body_frame.h"

namespace matside::engine {

struct FrameState {
  base::Seconds time;
  kinematics::BodyPosture posture = kinematics::BodyPosture::unclear;
  bool person = false;  ///< somebody was found in the picture
  Framing framing;      ///< of somebody lying
  base::Degrees trunk;  ///< hip-shoulder line above the floor as seen, where there is a person
  std::array<std::optional<base::Degrees>, 2> knee_flexion;  ///< as seen, by pose::index(Side)
  bool settled = false;                                      ///< the person's own rest is known
  std::optional<base::Degrees> camera_yaw;                   ///< as CameraView's, once settled
  std::optional<base::Degrees> camera_pitch;                 ///< likewise
  exercise::MovementState movement;
};

}  // namespace matside::engine
