#include "formats/catalog/threshold.h"

#include <array>
#include <string>

namespace matside::catalog {
namespace {

using strict_json::Node;

using exercise::Status;
using exercise::Threshold;

constexpr std::array<std::string_view, 12> kUnits{
    "deg",   "s",     "deg_per_s", "thigh_length", "upper_arm_length", "ratio",
    "count", "hours", "days",      "points",       "log_odds",         "hz"};
constexpr std::array<std::string_view, 3> kStatuses{"sourced", "computed", "teacher_judgement"};

Status read_status(const Node& node) {
  const std::string word = node.one_of(kStatuses);
  const auto at = std::ranges::find(kStatuses, word) - kStatuses.begin();
  return std::array{Status::sourced, Status::computed, Status::teacher_judgement}.at(
      static_cast<std::size_t>(at));
}

}  // namespace

Threshold read_threshold(const Node& node, std::string_view unit) {
  constexpr std::array<std::string_view, 4> kKeys{"value", "unit", "source", "status"};
  node.allow_only(kKeys);
  Threshold threshold{node["value"].number(), node["unit"].one_of(kUnits),
                      node["source"].text(), read_status(node["status"])};
  if (threshold.unit != unit) {
    node["unit"].report("must be " + std::string(unit) + " here, not " + threshold.unit);
  }
  return threshold;
}

Threshold read_non_negative(const Node& node, std::string_view unit) {
  Threshold threshold = read_threshold(node, unit);
  if (threshold.value < 0.0) node["value"].report("must not be below 0");
  return threshold;
}

int read_count(const Node& node) {
  (void)read_threshold(node, "count");
  return node["value"].whole_number(1, kMaxCount);
}

}  // namespace matside::catalog
