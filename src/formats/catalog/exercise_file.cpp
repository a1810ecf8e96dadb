#include "formats/catalog/exercise_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "formats/catalog/rule_groups.h"
#include "formats/catalog/threshold.h"

namespace matside::catalog {
namespace {

using strict_json::Node;

using exercise::Definition;
using exercise::Fault;
using exercise::FaultDetails;
using exercise::Level;
using exercise::Signal;
using exercise::Threshold;

struct LevelField {
  std::string_view key;
  Threshold Level::*member;
  std::string_view unit;
};
constexpr std::array<LevelField, 9> kLevelFields{{
    {"trunk_min", &Level::trunk_min, "deg"},
    {"trunk_max", &Level::trunk_max, "deg"},
    {"knee_min", &Level::knee_min, "deg"},
    {"knee_aim", &Level::knee_aim, "deg"},
    {"knee_cap", &Level::knee_cap, "deg"},
    {"transit_70_20", &Level::transit_70_20, "s"},
    {"elbow_back", &Level::elbow_back, "upper_arm_length"},
    {"elbow_forward", &Level::elbow_forward, "upper_arm_length"},
    {"elbow_forward_from", &Level::elbow_forward_from, "upper_arm_length"},
}};

struct SignalName {
  std::string_view name;
  Signal signal;
  std::string_view unit;
  bool has_hysteresis;  ///< Scored over time: has an "off" and a "min_duration".
};
constexpr std::array<SignalName, 16> kSignals{{
    {"hip_rise", Signal::hip_rise, "thigh_length", true},
    {"thigh_lift", Signal::thigh_lift, "deg", true},
    {"transit_70_20", Signal::transit_70_20, "s", false},
    {"kick_count", Signal::kick_count, "count", false},
    {"peak_knee", Signal::peak_knee, "deg", false},
    {"trunk_incline", Signal::trunk_incline, "deg", true},
    {"neck_angle", Signal::neck_angle, "deg", true},
    {"lowering_stop", Signal::lowering_stop, "deg", false},
    {"kicks_beyond", Signal::kicks_beyond, "count", false},
    {"neck_raise", Signal::neck_raise, "deg", true},
    {"bend_speed", Signal::bend_speed, "deg_per_s", false},
    {"thigh_lift_lack", Signal::thigh_lift_lack, "deg", false},
    {"side_order", Signal::side_order, "count", false},
    {"legs_overlap", Signal::legs_overlap, "s", false},
    {"hip_sway", Signal::hip_sway, "thigh_length", false},
    {"elbow_offset", Signal::elbow_offset, "upper_arm_length", false},
}};

/// A number that only faults of one signal have.
struct DetailField {
  std::string_view key;
  std::optional<Threshold> FaultDetails::*member;
  Signal signal;
  std::string_view unit;
  enum class Of { any, set } of = Of::any;  ///< faults of the set alone, or all
};
constexpr std::array<DetailField, 10> kDetails{{
    {"noise_deviations", &FaultDetails::noise_deviations, Signal::hip_rise, "ratio"},
    {"ease_of_last", &FaultDetails::ease_of_last, Signal::hip_rise, "count"},
    {"ease_at_least", &FaultDetails::ease_at_least, Signal::hip_rise, "count"},
    {"significance", &FaultDetails::significance, Signal::thigh_lift, "ratio"},
    {"significance", &FaultDetails::significance, Signal::thigh_lift_lack, "ratio"},
    {"window", &FaultDetails::window, Signal::bend_speed, "s"},
    {"of_last", &FaultDetails::of_last, Signal::transit_70_20, "count", DetailField::Of::set},
    {"at_least", &FaultDetails::at_least, Signal::transit_70_20, "count", DetailField::Of::set},
    {"of_each_side", &FaultDetails::of_each_side, Signal::hip_sway, "count"},
    {"uncertainty", &FaultDetails::uncertainty, Signal::elbow_offset, "upper_arm_length"},
}};

template <std::size_t Size, class Row>
std::vector<std::string_view> names_of(const std::array<Row, Size>& rows,
                                       std::string_view Row::*name) {
  std::vector<std::string_view> names;
  for (const Row& row : rows) names.push_back(row.*name);
  return names;
}

Level read_level(const Node& node) {
  std::vector<std::string_view> keys{
      "number", "name", "description", "kicks", "repetitions_start", "repetitions_goal"};
  for (const LevelField& field : kLevelFields) keys.push_back(field.key);
  node.allow_only(keys);
  Level level;
  level.number = node["number"].whole_number(0, 9);
  level.name = node["name"].text();
  level.description = node["description"].text();
  level.kicks = read_count(node["kicks"]);
  for (const LevelField& field : kLevelFields) {
    level.*field.member = read_non_negative(node[field.key], field.unit);
  }
  level.settle_phrase = level.trunk_min.value > 0.0 ? "settle_forearms" : "settle_flat";
  level.repetitions_start = read_count(node["repetitions_start"]);
  level.repetitions_goal = read_count(node["repetitions_goal"]);
  constexpr std::array<std::string_view, 2> kTrunk{"trunk_min", "trunk_max"};
  constexpr std::array<std::string_view, 3> kKnee{"knee_min", "knee_aim", "knee_cap"};
  constexpr std::array<std::string_view, 2> kDose{"repetitions_start", "repetitions_goal"};
  check_rising(node, kTrunk);
  check_rising(node, kKnee);
  check_rising(node, kDose);
  return level;
}

std::vector<Level> read_levels(const Node& node) {
  std::vector<Level> levels;
  for (const Node& element : node.elements()) {
    levels.push_back(read_level(element));
    const auto same = [&](const Level& l) { return l.number == levels.back().number; };
    if (std::ranges::count_if(levels, same) > 1) {
      element["number"].report("another level has this number");
    }
  }
  return levels;
}

/// The hysteresis of a fault over time: it ends closer to rest than it began.
void read_hysteresis(const Node& node, const SignalName& signal, Fault& fault) {
  for (const std::string_view key : {"off", "min_duration"}) {
    if (!signal.has_hysteresis && node.optional(key)) {
      node[key].report("doesn't apply to signal " + std::string(signal.name));
    }
  }
  if (!signal.has_hysteresis) return;
  fault.off = read_threshold(node["off"], signal.unit);
  fault.min_duration = read_non_negative(node["min_duration"], "s");
  const double on = fault.on.value;
  const double off = fault.off->value;
  if (on * off < 0.0 || std::abs(off) > std::abs(on)) {
    node["off"]["value"].report("must be between 0 and the value of on");
  }
}

bool belongs(const DetailField& field, const Fault& fault) {
  return field.signal == fault.signal && (field.of == DetailField::Of::any || fault.of_set);
}

/// Reads what the fault's signal needs, and refuses what belongs to another signal.
void read_details(const Node& node, const SignalName& signal, Fault& fault) {
  for (const DetailField& field : kDetails) {
    const bool needed = std::ranges::any_of(kDetails, [&](const DetailField& other) {
      return other.key == field.key && belongs(other, fault);
    });
    if (!needed && node.optional(field.key)) {
      node[field.key].report("doesn't apply to signal " + std::string(signal.name));
    }
    if (!belongs(field, fault)) continue;
    fault.details.*field.member = read_non_negative(node[field.key], field.unit);
    if (field.unit == "count") (void)read_count(node[field.key]);
  }
}

Fault read_fault(const Node& node, const std::vector<Level>& levels) {
  std::vector<std::string_view> keys{"id",  "signal",       "levels",   "on",
                                     "off", "min_duration", "priority", "of_set"};
  for (const DetailField& field : kDetails) keys.push_back(field.key);
  std::ranges::sort(keys.begin() + 8, keys.end());
  keys.erase(std::unique(keys.begin() + 8, keys.end()), keys.end());
  node.allow_only(keys);
  Fault fault;
  fault.id = node["id"].text();
  const std::string name = node["signal"].one_of(names_of(kSignals, &SignalName::name));
  const SignalName& signal = *std::ranges::find(kSignals, name, &SignalName::name);
  fault.signal = signal.signal;
  for (const Node& element : node["levels"].elements()) {
    const int number = element.whole_number(0, 9);
    if (std::ranges::find(levels, number, &Level::number) == levels.end()) {
      element.report("the exercise has no such level");
    }
    if (std::ranges::count(fault.levels, number) > 0) element.report("is listed twice");
    fault.levels.push_back(number);
  }
  fault.on = read_threshold(node["on"], signal.unit);
  read_hysteresis(node, signal, fault);
  fault.priority = node["priority"].whole_number(1, kMaxCount);
  fault.of_set = node["of_set"].boolean();
  read_details(node, signal, fault);
  return fault;
}

std::vector<Fault> read_faults(const Node& node, const std::vector<Level>& levels) {
  std::vector<Fault> faults;
  std::set<std::string> ids;
  for (const Node& element : node.elements()) {
    faults.push_back(read_fault(element, levels));
    if (!ids.insert(faults.back().id).second) {
      element["id"].report("another fault has this id");
    }
  }
  return faults;
}

}  // namespace

Definition read_definition(const Node& root) {
  std::vector<std::string_view> keys{"schema", "id", "name", "version"};
  keys.insert(keys.end(), kRuleGroups.begin(), kRuleGroups.end());
  keys.insert(keys.end(), {"levels", "faults"});
  constexpr std::array<std::string_view, 1> kSchema{"matside.exercise/1"};
  root.allow_only(keys);
  (void)root["schema"].one_of(kSchema);
  Definition definition;
  definition.id = root["id"].text();
  definition.name = root["name"].text();
  definition.version = root["version"].text();
  read_rule_groups(root, definition);
  definition.levels = read_levels(root["levels"]);
  definition.faults = read_faults(root["faults"], definition.levels);
  return definition;
}

}  // namespace matside::catalog
