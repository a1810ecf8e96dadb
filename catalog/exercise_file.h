// The vocabulary of an exercise file.
#pragma once

#include "catalog/node.h"
#include "core/exercise/definition.h"

namespace matside::catalog {

/// The exercise at `root`, without its words. What is wrong is reported to the node's problem.
exercise::Definition read_definition(const Node& root);

}  // namespace matside::catalog
