// What an exercise counts by, over the time of a practice.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "records/repository.h"

namespace matside::records {

/// The curve of each leg, or of the body, from the saved poses: Curve of
/// src/protocol/records.schema.json.
/// @returns errors of replay_poses
base::Result<nlohmann::ordered_json> curve_json(const std::vector<PoseChunk>& chunks, int level,
                                                const exercise::Definition& exercise);

}  // namespace matside::records
