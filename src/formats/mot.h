// Joint angles over time, as OpenSim reads them (MOT).
// @source OpenSim, Storage (.sto) and Motion (.mot) Files
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/engine/analysis.h"
#include "core/pose/pose_frame.h"

namespace matside::formats {

/// The angles of one frame; absent where a joint was not seen.
struct JointAngles {
  base::Seconds time;
  std::array<std::optional<base::Degrees>, 2>
      knee_flexion;  ///< by pose::index(Side); 0 straight
  /// Between trunk and thigh, 0 in line, above 0 the thigh toward the belly.
  std::array<std::optional<base::Degrees>, 2> hip_flexion;
};

/// One for each frame; the frames' times rise. Knees as engine::knee_curve tells them; hips in
/// the picture squared to the body's plane by how the camera stood, not smoothed.
std::vector<JointAngles> joint_angles(std::span<const pose::PoseFrame> frames,
                                      const engine::Analysis& analysis,
                                      const exercise::MeasurementRules& rules);

/// Columns time, knee_angle_r, knee_angle_l, hip_flexion_r, hip_flexion_l in degrees; `nan`
/// where a joint was not seen.
std::string mot_text(const std::vector<JointAngles>& angles, const std::string& name);

}  // namespace matside::formats
