// The vocabulary of an exercise file.
#pragma once

#include "core/exercise/definition.h"
#include "json_text/node.h"

namespace matside::catalog {

/// The exercise at `root`, without its words. What is wrong is reported to the node's problem.
exercise::Definition read_definition(const json_text::Node& root);

}  // namespace matside::catalog
