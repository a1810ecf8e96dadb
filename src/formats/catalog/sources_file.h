// data/exercises/sources.json: where the exercise's numbers come from.
#pragma once

#include <vector>

#include "formats/catalog/catalog.h"
#include "formats/strict_json/node.h"

namespace matside::catalog {

/// In the file's order. Problems are reported to the node.
std::vector<Source> read_sources(const strict_json::Node& root);

}  // namespace matside::catalog
