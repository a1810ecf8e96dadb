// Random poses of a prone body: on the forearms or flat, with any leg positions.
#pragma once

#include "tools/bodyrender/pose.h"

namespace matside::bodyrender {

/// Joint angles of a prone body's leg, as in LegPose.
struct ProneLeg {
  float knee_deg = 0.0F;
  float thigh_deg = 0.0F;
  float splay_deg = 0.0F;
  float turn_deg = 0.0F;
  float ankle_deg = 40.0F;
};

/// How the arms are placed.
enum class ProneArms { forearms, stretched, under_forehead, along_body };

/// The motion parameters of a prone body; the head points to +x, the left side to -z.
struct Prone {
  std::array<ProneLeg, 2> legs;
  float trunk_deg = 0.0F;  ///< Trunk extension beyond the set-up on the forearms.
  float flatten = 0.0F;    ///< 0 on the forearms .. 1 lying flat.
  float hips_up_deg = 0.0F;
  float roll_deg = 0.0F;
  float neck_deg = 0.0F;  ///< Chin up from in line with the spine.
  float head_turn_deg = 0.0F;
  float head_tilt_deg = 0.0F;
  float elbow_forward_deg = 0.0F;  ///< 0: the elbows under the shoulders.
  ProneArms arms = ProneArms::forearms;
  float arm_spread = 0.36F;
  float arm_inward = 0.15F;
};

/// Random parameters.
Prone draw_prone(Random& random);

/// Converts the parameters to joint angles; solves the trunk so that the elbows rest on the
/// floor `elbow_forward_deg` ahead of the shoulders.
Pose prone_pose(const Shape& shape, const Prone& prone);

}  // namespace matside::bodyrender
