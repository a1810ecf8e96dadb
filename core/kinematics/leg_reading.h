// A leg's joint angles read against the person's own rest, with how far they can be trusted.
#pragma once

#include "core/base/quantity.h"
#include "core/kinematics/baseline.h"
#include "core/kinematics/body_frame.h"

namespace matside::kinematics {

/// Angles above rest. A weight is 1 for a leg seen with its limbs as long as they are and near
/// 0 where a joint was put beside the body: bones do not change their length.
struct LegReading {
  base::Degrees knee_flexion;
  double knee_weight = 0.0;
  base::Degrees thigh_lift;
  double thigh_weight = 0.0;
};

/// Reads the knee flexion twice, from hip, knee and ankle as seen and from the ankle alone
/// about the place where the knee rests on the mat, and joins the two by how well the limbs'
/// lengths fit.
LegReading read_leg(const LegFrame& leg, const RestLeg& rest, pose::Side head_direction);

/// Both legs of a body, by pose::index(Side). Absent where the leg was not seen.
std::array<std::optional<LegReading>, 2> read_legs(const BodyFrame& body, const RestPose& rest);

}  // namespace matside::kinematics
