#include "formats/catalog/plan_file.h"

#include <array>
#include <string_view>
#include <vector>

#include "core/plan/plan.h"
#include "formats/catalog/threshold.h"

namespace matside::catalog {
namespace {

using strict_json::Node;

using exercise::Threshold;
using plan::Rules;

struct PlanField {
  std::string_view key;
  Threshold Rules::*member;
  std::string_view unit;
};
constexpr std::array<PlanField, 16> kPlanFields{{
    {"rest_between", &Rules::rest_between, "hours"},
    {"same_practice", &Rules::same_practice, "hours"},
    {"practices_a_week", &Rules::practices_a_week, "count"},
    {"good_to_promote", &Rules::good_to_promote, "count"},
    {"clean_share", &Rules::clean_share, "ratio"},
    {"promotion_interval", &Rules::promotion_interval, "days"},
    {"comfort_hold", &Rules::comfort_hold, "points"},
    {"comfort_down", &Rules::comfort_down, "points"},
    {"comfort_down_from", &Rules::comfort_down_from, "points"},
    {"comfort_not_today", &Rules::comfort_not_today, "points"},
    {"comfort_rise", &Rules::comfort_rise, "points"},
    {"worse_rest", &Rules::worse_rest, "days"},
    {"worse_to_ask", &Rules::worse_to_ask, "count"},
    {"missed_back", &Rules::missed_back, "days"},
    {"missed_down", &Rules::missed_down, "days"},
    {"missed_fewer", &Rules::missed_fewer, "count"},
}};

/// What docs/plan.md says of each decision; none may be missing.
void read_decisions(const Node& node) {
  constexpr std::array<std::string_view, 2> kKeys{"when", "then"};
  std::vector<std::string_view> reasons;
  for (int r = 0; r < plan::kDecisionReasonCount; ++r)
    reasons.push_back(name(static_cast<plan::DecisionReason>(r)));
  node.allow_only(reasons);
  for (const std::string_view reason : reasons) {
    const Node decision = node[reason];
    decision.allow_only(kKeys);
    for (const std::string_view key : kKeys) (void)decision[key].text();
  }
}

}  // namespace

Rules read_plan_rules(const Node& root) {
  constexpr std::array<std::string_view, 3> kKeys{"schema", "rules", "decisions"};
  constexpr std::array<std::string_view, 1> kSchema{"matside.plan/1"};
  root.allow_only(kKeys);
  (void)root["schema"].one_of(kSchema);
  const Node rules = root["rules"];
  std::vector<std::string_view> keys;
  for (const PlanField& field : kPlanFields) keys.push_back(field.key);
  rules.allow_only(keys);
  Rules read;
  for (const PlanField& field : kPlanFields) {
    read.*field.member = read_non_negative(rules[field.key], field.unit);
    if (field.unit == "count") (void)rules[field.key]["value"].whole_number(1, 100);
  }
  if (read.missed_down.value < read.missed_back.value) {
    rules["missed_down"]["value"].report("must not be below that of missed_back");
  }
  read_decisions(root["decisions"]);
  return read;
}

}  // namespace matside::catalog
