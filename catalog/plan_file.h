// The vocabulary of the plan's file: the numbers it goes by.
#pragma once

#include "catalog/node.h"
#include "core/plan/rules.h"

namespace matside::catalog {

/// The rules at `root`. What is wrong is reported to the node's problem.
plan::Rules read_plan_rules(const Node& root);

}  // namespace matside::catalog
