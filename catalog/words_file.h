// The vocabulary of a words file: everything a person reads or hears, in one language.
#pragma once

#include "catalog/node.h"
#include "core/exercise/definition.h"

namespace matside::catalog {

/// Adds the words at `root` to `definition`: words for each of its faults and every phrase.
/// What is wrong is reported to the node's problem.
void read_words(const Node& root, exercise::Definition& definition);

}  // namespace matside::catalog
