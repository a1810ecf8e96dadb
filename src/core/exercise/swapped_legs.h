// Networks exchange the labels of lying legs for moments: finds those moments.
#pragma once

#include <vector>

#include "core/kinematics/rest_baseline.h"
#include "core/kinematics/body_frame.h"

namespace matside::exercise {

/// For each frame, whether the raised leg carries another label than in most of the time round
/// it, where the legs can be told apart. Where the legs truly change, both are up, and the
/// labels on either side outweigh each other.
std::vector<bool> swapped_legs(const std::vector<kinematics::BodyFrame>& frames,
                                 const kinematics::RestPose& rest);

/// The same body with its legs' labels exchanged; the hips keep theirs, for they lie too near
/// each other to be mistaken.
kinematics::BodyFrame with_legs_swapped(kinematics::BodyFrame body);

}  // namespace matside::exercise
