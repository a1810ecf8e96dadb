#include "report/thresholds.h"

#include <algorithm>
#include <array>
#include <utility>

namespace matside::report {
namespace {

using exercise::Level;
using exercise::RepetitionRules;
using exercise::Threshold;

constexpr std::array<std::pair<std::string_view, Threshold RepetitionRules::*>, 13> kRules{{
    {"counted_bend", &RepetitionRules::counted_bend},
    {"rest_below", &RepetitionRules::rest_below},
    {"start_near", &RepetitionRules::start_near},
    {"start_far", &RepetitionRules::start_far},
    {"start_speed", &RepetitionRules::start_speed},
    {"rest_hold", &RepetitionRules::rest_hold},
    {"kick_prominence", &RepetitionRules::kick_prominence},
    {"kick_prominence_noise", &RepetitionRules::kick_prominence_noise},
    {"kick_interval_min", &RepetitionRules::kick_interval_min},
    {"kick_interval_max", &RepetitionRules::kick_interval_max},
    {"longest", &RepetitionRules::longest},
    {"tracking_loss", &RepetitionRules::tracking_loss},
    {"noise_max", &RepetitionRules::noise_max},
}};
constexpr std::array<std::pair<std::string_view, Threshold Level::*>, 8> kLevel{{
    {"trunk_min", &Level::trunk_min},
    {"trunk_max", &Level::trunk_max},
    {"knee_min", &Level::knee_min},
    {"knee_aim", &Level::knee_aim},
    {"knee_cap", &Level::knee_cap},
    {"transit_70_20", &Level::transit_70_20},
    {"elbow_back", &Level::elbow_back},
    {"elbow_forward", &Level::elbow_forward},
}};
using exercise::CycleRules;
constexpr std::array<std::pair<std::string_view, Threshold CycleRules::*>, 8> kCycle{{
    {"start", &CycleRules::start},
    {"rest_below", &CycleRules::rest_below},
    {"counted_from", &CycleRules::counted_from},
    {"peak_prominence", &CycleRules::peak_prominence},
    {"duration_min", &CycleRules::duration_min},
    {"longest", &CycleRules::longest},
    {"rest_hold", &CycleRules::rest_hold},
    {"new_rest_hold", &CycleRules::new_rest_hold},
}};

/// Of an exercise that is described by channels alone.
std::vector<NamedThreshold> cycle_thresholds(const exercise::Definition& exercise, int number) {
  std::vector<NamedThreshold> all;
  const exercise::CycleRules& cycle = *exercise.cycle;
  for (const auto& [key, member] : kCycle)
    all.push_back({"repetition", "", key, cycle.*member});
  if (const Level* level = exercise.level(number)) {
    all.push_back({"level", "", "trunk_min", level->trunk_min});
    all.push_back({"level", "", "trunk_max", level->trunk_max});
  }
  for (const exercise::CycleRule& rule : cycle.rules) {
    if (std::ranges::count(rule.levels, number) == 0) continue;
    all.push_back({"fault", rule.id, rule.above ? "above" : "below", rule.threshold});
    if (rule.duration) all.push_back({"fault", rule.id, "min_duration", *rule.duration});
  }
  return all;
}

}  // namespace

std::vector<NamedThreshold> thresholds(const exercise::Definition& exercise, int number) {
  if (exercise.cycle) return cycle_thresholds(exercise, number);
  std::vector<NamedThreshold> all;
  for (const auto& [key, member] : kRules) {
    all.push_back({"repetition", "", key, exercise.repetition.*member});
  }
  if (const Level* level = exercise.level(number)) {
    for (const auto& [key, member] : kLevel) all.push_back({"level", "", key, level->*member});
  }
  for (const exercise::Fault& fault : exercise.faults) {
    if (!fault.applies_at(number)) continue;
    all.push_back({"fault", fault.id, "on", fault.on});
    if (fault.off) all.push_back({"fault", fault.id, "off", *fault.off});
    if (fault.min_duration) {
      all.push_back({"fault", fault.id, "min_duration", *fault.min_duration});
    }
  }
  return all;
}

std::string_view name(exercise::Status status) {
  constexpr std::array<std::string_view, 3> kNames{"sourced", "computed", "teacher_judgement"};
  return kNames.at(static_cast<std::size_t>(status));
}

}  // namespace matside::report
