// A number of a data file with its unit, its source and how well it is founded.
#pragma once

#include <string_view>

#include "core/exercise/definition.h"
#include "formats/strict_json/node.h"

namespace matside::catalog {

/// The threshold at `node`; another unit than `unit` is a problem.
exercise::Threshold read_threshold(const strict_json::Node& node, std::string_view unit);
/// read_threshold() of a value that is not below 0.
exercise::Threshold read_non_negative(const strict_json::Node& node, std::string_view unit);

}  // namespace matside::catalog
