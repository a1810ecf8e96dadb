// The groups of thresholds in an exercise file, one struct of core/exercise each.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "core/exercise/definition.h"
#include "formats/strict_json/node.h"

namespace matside::catalog {

/// The keys of `root` that are groups of thresholds.
inline constexpr std::array<std::string_view, 12> kRuleGroups{
    "repetition", "side",   "measurement", "live",    "camera",   "stream",
    "coaching",   "speech", "placement",   "posture", "feedback", "audio_guide"};

/// Reads every group of `root` into `definition`. Reports an unknown or missing key, a value
/// below 0, a unit that doesn't fit, a share outside 0 to 1, and limits in the wrong order.
void read_rule_groups(const strict_json::Node& root, exercise::Definition& definition);

/// Reports unless the thresholds named by `keys` rise in that order.
void check_rising(const strict_json::Node& node, std::span<const std::string_view> keys);

}  // namespace matside::catalog
