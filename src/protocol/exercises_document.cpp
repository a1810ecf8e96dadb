#include "protocol/exercises_document.h"

#include <algorithm>
#include <cassert>
#include <nlohmann/json.hpp>

#include "formats/json_number.h"

namespace matside::protocol {
namespace {

using nlohmann::ordered_json;

double seconds(const exercise::Threshold& time) { return formats::rounded(time.value, 0.001); }

ordered_json levels_of(const exercise::Definition& exercise) {
  ordered_json levels = ordered_json::array();
  for (const exercise::Level& level : exercise.levels) {
    levels.push_back({{"number", level.number},
                      {"name", level.name},
                      {"description", level.description},
                      {"peaks", level.kicks},
                      {"trunk_min_deg", level.trunk_min.value},
                      {"trunk_max_deg", level.trunk_max.value},
                      {"repetitions_start", level.repetitions_start},
                      {"repetitions_goal", level.repetitions_goal}});
    if (!level.tempo) continue;
    ordered_json aims = ordered_json::object();
    for (const exercise::Aim& aim : level.aims) aims[name(aim.channel)] = aim.value.value;
    levels.back()["aims"] = std::move(aims);
    levels.back()["tempo"] = {{"rise_s", seconds(level.tempo->rise)},
                              {"hold_s", seconds(level.tempo->hold)},
                              {"lower_s", seconds(level.tempo->lower)}};
  }
  return levels;
}

ordered_json faults_of(const exercise::Definition& exercise) {
  ordered_json faults = ordered_json::array();
  for (const exercise::Fault& fault : exercise.faults) {
    const exercise::FaultText* words = exercise.words_for(fault.id);
    if (words == nullptr) continue;
    faults.push_back({{"id", fault.id},
                      {"levels", fault.levels},
                      {"name", words->name},
                      {"cue", words->cue},
                      {"advice", words->advice}});
  }
  return faults;
}

/// How the file of an exercise described by channels explains it.
ordered_json cycle_of(const exercise::CycleRules& cycle) {
  const auto breath = [](bool in) { return in ? "in" : "out"; };
  return {{"channel", name(cycle.channel)},
          {"set_up", cycle.words.set_up},
          {"prompt", cycle.words.prompt},
          {"breath",
           {{"rise", breath(cycle.breath.in_at_rise)},
            {"lowering", breath(cycle.breath.in_at_lowering)}}}};
}

}  // namespace

std::string exercises_json(const records::Exercises& exercises,
                           const std::vector<plan::Next>& next) {
  assert(next.size() == exercises.all().size());
  ordered_json all = ordered_json::array();
  for (std::size_t i = 0; i < next.size(); ++i) {
    const exercise::Definition& each = exercises.all()[i];
    all.push_back({{"id", each.id},
                   {"name", each.name},
                   {"by_side", each.by_side()},
                   {"levels", levels_of(each)},
                   {"faults", faults_of(each)},
                   {"next", {{"level", next[i].level}, {"repetitions", next[i].repetitions}}}});
    if (each.cycle) all.back()["cycle"] = cycle_of(*each.cycle);
  }
  return ordered_json{{"exercises", std::move(all)}}.dump(
      -1, ' ', false, ordered_json::error_handler_t::replace);
}

const exercise::Definition* asked_exercise(std::string_view target,
                                           const records::Exercises& exercises) {
  constexpr std::string_view kKey = "exercise=";
  const std::size_t query = target.find('?');
  if (query == std::string_view::npos) return &exercises.all().front();
  std::string_view rest = target.substr(query + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    if (pair.starts_with(kKey)) {
      const auto found = exercises.find(pair.substr(kKey.size()));
      return found ? found.value() : nullptr;
    }
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
  }
  return &exercises.all().front();
}

}  // namespace matside::protocol
