// Joint angles over time, as OpenSim reads them (MOT).
// @source OpenSim, Storage (.sto) and Motion (.mot) Files
#pragma once

#include <string>
#include <vector>

#include "core/exercise/definition.h"
#include "core/pose/pose_frame.h"

namespace matside::interchange {

/// The angles of one frame; absent where a joint was not seen.
struct JointAngles {
  base::Seconds time;
  std::array<std::optional<base::Degrees>, 2>
      knee_flexion;  ///< by pose::index(Side); 0 straight
  /// Between trunk and thigh, 0 in line, above 0 the thigh toward the belly.
  std::array<std::optional<base::Degrees>, 2> hip_flexion;
};

/// In the picture squared to the body's plane as the engine squares it, unsmoothed; a knee that
/// the source read in space itself counts together with the picture by their variances, as for
/// a kick.
std::vector<JointAngles> joint_angles(const std::vector<pose::PoseFrame>& frames,
                                      const exercise::RepetitionRules& rules);

/// Columns time, knee_angle_r, knee_angle_l, hip_flexion_r, hip_flexion_l in degrees; `nan`
/// where a joint was not seen.
std::string motion_text(const std::vector<JointAngles>& angles, const std::string& name);

}  // namespace matside::interchange
