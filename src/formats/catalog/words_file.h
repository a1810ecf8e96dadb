// The vocabulary of a words file: everything a person reads or hears, in one language.
#pragma once

#include "core/exercise/definition.h"
#include "formats/strict_json/node.h"

namespace matside::catalog {

/// Adds the words at `root` to `definition`: words for each of its faults and every phrase.
/// What is wrong is reported to the node's problem.
void read_words(const strict_json::Node& root, exercise::Definition& definition);

}  // namespace matside::catalog
