#include "core/exercise/level_posture.h"

#include <algorithm>

namespace matside::exercise {

LevelPosture level_posture(const Level& level, const CameraRules& camera,
                           base::Degrees rest_trunk) {
  const double margin = camera.trunk_margin.value;
  if (rest_trunk.value() < level.trunk_min.value - margin) return LevelPosture::too_low;
  if (rest_trunk.value() > level.trunk_max.value + margin) return LevelPosture::too_high;
  return LevelPosture::as_asked;
}

Level flat_version(const Definition& definition, const Level& chosen) {
  const Level* flat = definition.flat_level();
  if (flat == nullptr) return chosen;
  Level version = *flat;
  version.kicks = chosen.kicks;
  // The person's own comfortable bend applies lying flat, too.
  version.knee_min.value = std::min(version.knee_min.value, chosen.knee_min.value);
  version.knee_aim.value = std::min(version.knee_aim.value, chosen.knee_aim.value);
  return version;
}

}  // namespace matside::exercise
