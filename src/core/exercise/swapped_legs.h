// Pose networks sometimes swap the labels of lying legs for a few frames: finds those frames.
#pragma once

#include <optional>
#include <vector>

#include "core/exercise/measurement_rules.h"
#include "core/kinematics/body_frame.h"
#include "core/kinematics/leg_angles.h"

namespace matside::exercise {

/// For each frame, whether the raised leg has another label than in most frames near it
/// (SideRules::swap_window), where the legs can be distinguished. Where the legs really change,
/// both are up and the labels before and after balance each other, so nothing is swapped.
/// @param frames in the order of time
/// @param legs measure_legs() of each
std::vector<bool> swapped_legs(const std::vector<kinematics::BodyFrame>& frames,
                               const std::vector<std::optional<kinematics::LegPair>>& legs,
                               const SideRules& rules);

/// The same body with the labels of its legs swapped, and their angles measured again. The hips
/// keep theirs: they are so close together that it makes no difference.
kinematics::BodyFrame with_legs_swapped(kinematics::BodyFrame body);

}  // namespace matside::exercise
