// The vocabulary of an exercise file.
#pragma once

#include "core/exercise/definition.h"
#include "formats/strict_json/node.h"

namespace matside::catalog {

/// The exercise at `root`, without its words. What is wrong is reported to the node's problem.
exercise::Definition read_definition(const strict_json::Node& root);

}  // namespace matside::catalog
