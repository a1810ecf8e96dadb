// Whether a person lies as their level asks for: flat, or propped up on the forearms.
#pragma once

#include <cstdint>

#include "core/base/quantity.h"
#include "core/exercise/definition.h"

namespace matside::exercise {

/// How the trunk at rest compares with the level.
enum class LevelPosture : std::uint8_t {
  as_asked,
  too_low,   ///< flat at a level on the forearms
  too_high,  ///< propped up higher than the level asks for
};

/// Unsure is as asked: only a trunk beyond CameraRules::trunk_margin belongs to another level.
/// @source movement.md 6.1
LevelPosture level_posture(const Level& level, const CameraRules& camera,
                           base::Degrees rest_trunk);

/// What a repetition is judged by whose person lies flat, whatever level was chosen: the flat
/// level's bend and faults, with as many kicks as `chosen` asks for, which is no level of the
/// exercise. A person may always step down. `chosen` itself where the exercise has no flat
/// level.
/// @source movement.md 3.1 and 6.1
Level flat_version(const Definition& definition, const Level& chosen);

}  // namespace matside::exercise
