// The file of an exercise that is described by channels alone (docs/exercise_files.md).
#pragma once

#include "core/exercise/definition.h"
#include "formats/strict_json/node.h"

namespace matside::catalog {

/// Reads the exercise at `root`. What all exercises share is taken from `common`, an exercise
/// that was read from its own file: the rules for camera, stream, rest, coaching and speech,
/// and their words. What is wrong is reported to the node's problem.
exercise::Definition read_cycle_definition(const strict_json::Node& root,
                                           const exercise::Definition& common);

}  // namespace matside::catalog
