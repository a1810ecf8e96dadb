// The vocabulary of the plan's file: the numbers it goes by.
#pragma once

#include "core/plan/plan_rules.h"
#include "formats/strict_json/node.h"

namespace matside::catalog {

/// The rules at `root`. What is wrong is reported to the node's problem.
plan::Rules read_plan_rules(const strict_json::Node& root);

}  // namespace matside::catalog
