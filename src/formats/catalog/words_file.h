// The vocabulary of a words file: everything a person reads or hears, in one language.
#pragma once

#include <string>

#include "core/exercise/definition.h"
#include "formats/strict_json/node.h"

namespace matside::catalog {

/// Adds the words at `root` to `definition`: words for each of its faults and every phrase.
/// What is wrong is reported to the node's problem.
void read_words(const strict_json::Node& root, exercise::Definition& definition);

/// Adds words for each of the definition's faults; a missing or unknown one is a problem.
void read_fault_words(const strict_json::Node& faults, exercise::Definition& definition);

/// A spoken cue of at most eight words; a longer one is a problem.
std::string read_cue(const strict_json::Node& node);
/// What is spoken while nobody moves: at most twelve words; a longer text is a problem.
std::string read_sentence(const strict_json::Node& node);

}  // namespace matside::catalog
