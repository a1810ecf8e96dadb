// exercises/sources.json: where the exercise's numbers come from.
#pragma once

#include <vector>

#include "catalog/catalog.h"
#include "json_text/node.h"

namespace matside::catalog {

/// In the file's order. Problems are reported to the node.
std::vector<Source> read_sources(const json_text::Node& root);

}  // namespace matside::catalog
