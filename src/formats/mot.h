// Joint angles over time, as OpenSim reads them (MOT).
// @source OpenSim, Storage (.sto) and Motion (.mot) Files
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/engine/analysis.h"
#include "core/exercise/measurement_rules.h"
#include "core/pose/pose_frame.h"

namespace matside::formats {

/// The angles of one frame; absent if a joint is not visible.
struct JointAngles {
  base::Seconds time;
  std::array<std::optional<base::Degrees>, 2>
      knee_flexion;  ///< by pose::index(Side); 0 straight
  /// Between trunk and thigh, 0 in line, above 0 the thigh toward the belly.
  std::array<std::optional<base::Degrees>, 2> hip_flexion;
};

/// Measures joint angles in each frame: the knees with engine::knee_curve, the hips in the
/// picture rectified to the body's plane, not smoothed. Both are those in space where the
/// source measured there.
/// @param frames  times must increase
/// @param analysis  of these frames
/// @returns as many as frames
std::vector<JointAngles> joint_angles(std::span<const pose::PoseFrame> frames,
                                      const engine::Analysis& analysis,
                                      const exercise::MeasurementRules& rules);

/// Writes the columns time, knee_angle_r, knee_angle_l, hip_flexion_r and hip_flexion_l, in
/// seconds and degrees; `nan` for a missing angle.
/// @param name  of the motion, for the first line
std::string mot_text(const std::vector<JointAngles>& angles, const std::string& name);

}  // namespace matside::formats
