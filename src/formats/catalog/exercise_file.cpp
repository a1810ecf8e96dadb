#include "formats/catalog/exercise_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "formats/catalog/threshold.h"

namespace matside::catalog {
namespace {

using strict_json::Node;

using exercise::Definition;
using exercise::Fault;
using exercise::Level;
using exercise::RepetitionRules;
using exercise::Signal;
using exercise::Threshold;

constexpr int kMaxCount = 1000;

struct RuleField {
  std::string_view key;
  Threshold RepetitionRules::*member;
  std::string_view unit;
};
constexpr std::array<RuleField, 13> kRules{{
    {"counted_bend", &RepetitionRules::counted_bend, "deg"},
    {"rest_below", &RepetitionRules::rest_below, "deg"},
    {"start_near", &RepetitionRules::start_near, "deg"},
    {"start_far", &RepetitionRules::start_far, "deg"},
    {"start_speed", &RepetitionRules::start_speed, "deg_per_s"},
    {"rest_hold", &RepetitionRules::rest_hold, "s"},
    {"kick_prominence", &RepetitionRules::kick_prominence, "deg"},
    {"kick_prominence_noise", &RepetitionRules::kick_prominence_noise, "ratio"},
    {"kick_interval_min", &RepetitionRules::kick_interval_min, "s"},
    {"kick_interval_max", &RepetitionRules::kick_interval_max, "s"},
    {"longest", &RepetitionRules::longest, "s"},
    {"tracking_loss", &RepetitionRules::tracking_loss, "s"},
    {"noise_max", &RepetitionRules::noise_max, "deg"},
}};

struct LevelField {
  std::string_view key;
  Threshold Level::*member;
  std::string_view unit;
};
constexpr std::array<LevelField, 8> kLevelFields{{
    {"trunk_min", &Level::trunk_min, "deg"},
    {"trunk_max", &Level::trunk_max, "deg"},
    {"knee_min", &Level::knee_min, "deg"},
    {"knee_aim", &Level::knee_aim, "deg"},
    {"knee_cap", &Level::knee_cap, "deg"},
    {"transit_70_20", &Level::transit_70_20, "s"},
    {"elbow_back", &Level::elbow_back, "upper_arm_length"},
    {"elbow_forward", &Level::elbow_forward, "upper_arm_length"},
}};

struct SignalName {
  std::string_view name;
  Signal signal;
  std::string_view unit;
  bool lasts;  ///< Judged over time: has an "off" and a "min_duration".
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

template <std::size_t Size, class Row>
std::vector<std::string_view> names_of(const std::array<Row, Size>& rows,
                                       std::string_view Row::*name) {
  std::vector<std::string_view> names;
  for (const Row& row : rows) names.push_back(row.*name);
  return names;
}

int read_count(const Node& node) {
  (void)read_threshold(node, "count");
  return node["value"].whole_number(1, kMaxCount);
}

/// Reports unless the thresholds named by `keys` rise in that order.
void check_rising(const Node& node, std::span<const std::string_view> keys) {
  for (std::size_t i = 1; i < keys.size(); ++i) {
    if (node[keys[i]]["value"].number() < node[keys[i - 1]]["value"].number()) {
      node[keys[i]]["value"].report("must not be below that of " + std::string(keys[i - 1]));
    }
  }
}

RepetitionRules read_rules(const Node& node) {
  node.allow_only(names_of(kRules, &RuleField::key));
  RepetitionRules rules;
  for (const RuleField& field : kRules) {
    rules.*field.member = read_non_negative(node[field.key], field.unit);
  }
  constexpr std::array<std::string_view, 4> kBends{"rest_below", "start_near", "start_far",
                                                   "counted_bend"};
  constexpr std::array<std::string_view, 3> kTimes{"kick_interval_min", "kick_interval_max",
                                                   "longest"};
  check_rising(node, kBends);
  check_rising(node, kTimes);
  return rules;
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
      element["number"].report("there is a level of this number already");
    }
  }
  return levels;
}

/// The hysteresis of a fault that lasts: it ends nearer to rest than it began.
void read_hysteresis(const Node& node, const SignalName& signal, Fault& fault) {
  for (const std::string_view key : {"off", "min_duration"}) {
    if (!signal.lasts && node.optional(key)) {
      node[key].report("means nothing for signal " + std::string(signal.name));
    }
  }
  if (!signal.lasts) return;
  fault.off = read_threshold(node["off"], signal.unit);
  fault.min_duration = read_non_negative(node["min_duration"], "s");
  const double on = fault.on.value;
  const double off = fault.off->value;
  if (on * off < 0.0 || std::abs(off) > std::abs(on)) {
    node["off"]["value"].report("must lie between 0 and the value of on");
  }
}

Fault read_fault(const Node& node, const std::vector<Level>& levels) {
  constexpr std::array<std::string_view, 8> kKeys{"id",  "signal",       "levels",   "on",
                                                  "off", "min_duration", "priority", "of_set"};
  node.allow_only(kKeys);
  Fault fault;
  fault.id = node["id"].text();
  const std::string name = node["signal"].one_of(names_of(kSignals, &SignalName::name));
  const SignalName& signal = *std::ranges::find(kSignals, name, &SignalName::name);
  fault.signal = signal.signal;
  for (const Node& element : node["levels"].elements()) {
    const int number = element.whole_number(0, 9);
    if (std::ranges::find(levels, number, &Level::number) == levels.end()) {
      element.report("there is no such level");
    }
    if (std::ranges::count(fault.levels, number) > 0) element.report("is given twice");
    fault.levels.push_back(number);
  }
  fault.on = read_threshold(node["on"], signal.unit);
  read_hysteresis(node, signal, fault);
  fault.priority = node["priority"].whole_number(1, kMaxCount);
  fault.of_set = node["of_set"].boolean();
  return fault;
}

std::vector<Fault> read_faults(const Node& node, const std::vector<Level>& levels) {
  std::vector<Fault> faults;
  std::set<std::string> ids;
  for (const Node& element : node.elements()) {
    faults.push_back(read_fault(element, levels));
    if (!ids.insert(faults.back().id).second) {
      element["id"].report("there is a fault of this id already");
    }
  }
  return faults;
}

}  // namespace

Definition read_definition(const Node& root) {
  constexpr std::array<std::string_view, 7> kKeys{"schema",     "id",     "name",  "version",
                                                  "repetition", "levels", "faults"};
  constexpr std::array<std::string_view, 1> kSchema{"matside.exercise/1"};
  root.allow_only(kKeys);
  (void)root["schema"].one_of(kSchema);
  Definition definition;
  definition.id = root["id"].text();
  definition.name = root["name"].text();
  definition.version = root["version"].text();
  definition.repetition = read_rules(root["repetition"]);
  definition.levels = read_levels(root["levels"]);
  definition.faults = read_faults(root["faults"], definition.levels);
  return definition;
}

}  // namespace matside::catalog
