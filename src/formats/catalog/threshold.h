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
/// The whole number of a "count" threshold, from 1 to kMaxCount; another one is a problem.
int read_count(const strict_json::Node& node);
inline constexpr int kMaxCount = 1000;

}  // namespace matside::catalog
