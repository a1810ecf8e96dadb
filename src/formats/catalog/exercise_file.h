// The vocabulary of an exercise file.
#pragma once

#include "core/exercise/definition.h"
#include "formats/strict_json/node.h"

namespace matside::catalog {

/// The exercise at `root`, without its texts. Reports the first error to the node.
exercise::Definition read_definition(const strict_json::Node& root);

}  // namespace matside::catalog
