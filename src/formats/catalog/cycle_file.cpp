#include "formats/catalog/cycle_file.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <set>
#include <string>
#include <utility>

#include "formats/catalog/rule_groups.h"
#include "formats/catalog/threshold.h"
#include "formats/catalog/words_file.h"

namespace matside::catalog {
namespace {

using exercise::Channel;
using exercise::CycleReading;
using exercise::CycleRule;
using exercise::CycleRules;
using exercise::CycleSides;
using exercise::Definition;
using exercise::Level;
using exercise::Phase;
using exercise::Statistic;
using exercise::Threshold;
using strict_json::Node;

constexpr auto kChannels = [] {
  std::array<std::string_view, exercise::kChannelCount> names;
  for (std::size_t i = 0; i < names.size(); ++i)
    names[i] = exercise::name(static_cast<Channel>(i));
  return names;
}();
constexpr std::array<std::string_view, 3> kSidesWords{"alternating", "both", "none"};
constexpr std::array<std::string_view, exercise::kPhaseCount> kPhases{
    "whole", "onset", "rise", "top", "lowering", "after"};
constexpr std::array<std::string_view, exercise::kStatisticCount> kStatistics{
    "greatest", "least", "at_peaks", "peaks", "time_up", "fall_time", "legs_lag"};
constexpr std::array<std::string_view, 4> kLegs{"moving", "other", "either", "both"};
constexpr std::array<std::string_view, 2> kBreath{"in", "out"};
constexpr int kMaxPeaks = 20;
constexpr int kMaxLevel = 9;
constexpr std::size_t kLongestId = 100;
// What an exercise may have at most: more is no exercise, and takes memory and time.
constexpr std::size_t kMostElements = 100;
constexpr double kLongest_s = 120.0;

/// The value of an enum whose words are in its own order.
template <class Enum, std::size_t Size>
Enum word(const Node& node, const std::array<std::string_view, Size>& words) {
  const std::string text = node.one_of(words);
  return static_cast<Enum>(std::ranges::find(words, text) - words.begin());
}

/// Letters a to z with `between` among them.
bool is_id(const std::string& text, char between) {
  return !text.empty() && text.size() <= kLongestId && text.front() != between &&
         text.back() != between && std::ranges::all_of(text, [&](char c) {
           return c == between || (c >= 'a' && c <= 'z');
         });
}

/// The elements of a list that isn't too long.
std::vector<Node> elements_of(const Node& node) {
  std::vector<Node> elements = node.elements_or_empty();
  if (elements.size() > kMostElements) {
    node.report("has more than " + std::to_string(kMostElements) + " elements");
    elements.clear();
  }
  return elements;
}

/// The same of a list that isn't empty.
std::vector<Node> some_elements_of(const Node& node) {
  std::vector<Node> elements = elements_of(node);
  if (elements.empty()) (void)node.elements();
  return elements;
}

/// A time that somebody can lie still or move for.
Threshold read_time(const Node& node) {
  Threshold time = read_non_negative(node, "s");
  if (time.value > kLongest_s) node["value"].report("must not be above 120");
  return time;
}

std::string read_id(const Node& node, char between) {
  const std::string text = node.text();
  if (!is_id(text, between)) {
    node.report(std::string("must be small letters from a to z") +
                (between == '-' ? " and hyphens" : " and underscores"));
  }
  return text;
}

void check_order(const Node& node, std::string_view low, std::string_view high,
                 const Threshold& a, const Threshold& b) {
  if (a.value > b.value) node[low]["value"].report("must not be above " + std::string(high));
}

/// The thresholds of these keys are above 0.
void require_positive(const Node& node, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    const auto value = node.optional(key);
    if (value && value->is_object() && !((*value)["value"].number() > 0.0))
      (*value)["value"].report("must be above 0");
  }
}

void read_movement(const Node& node, CycleRules& cycle) {
  cycle.channel = word<Channel>(node["channel"], kChannels);
  cycle.sides = word<CycleSides>(node["sides"], kSidesWords);
  const bool of_legs = exercise::is_of_legs(cycle.channel);
  if (of_legs == (cycle.sides == CycleSides::none)) {
    node["sides"].report(of_legs ? "a channel of the legs needs alternating or both"
                                 : "a channel of the body needs none");
  }
  const std::string_view unit = exercise::unit_of(cycle.channel);
  cycle.start = read_non_negative(node["start"], unit);
  cycle.rest_below = read_non_negative(node["rest_below"], unit);
  cycle.counted_from = read_non_negative(node["counted_from"], unit);
  cycle.peak_prominence = read_non_negative(node["peak_prominence"], unit);
  cycle.duration_min = read_time(node["duration_min"]);
  cycle.longest = read_time(node["longest"]);
  cycle.rest_hold = read_time(node["rest_hold"]);
  cycle.new_rest_hold = read_time(node["new_rest_hold"]);
  check_order(node, "rest_below", "start", cycle.rest_below, cycle.start);
  check_order(node, "start", "counted_from", cycle.start, cycle.counted_from);
  check_order(node, "duration_min", "longest", cycle.duration_min, cycle.longest);
  check_order(node, "rest_hold", "new_rest_hold", cycle.rest_hold, cycle.new_rest_hold);
  require_positive(node, {"start", "counted_from", "peak_prominence", "longest", "rest_hold"});
}

/// lasts_while and not_while: channels other than the cycle's own, each once.
template <class Limit>
std::vector<Limit> read_limits(const Node& node, const CycleRules& cycle) {
  constexpr std::array<std::string_view, 2> kKeys{"channel", "above"};
  std::vector<Limit> limits;
  for (const Node& each : elements_of(node)) {
    each.allow_only(kKeys);
    Limit limit;
    limit.channel = word<Channel>(each["channel"], kChannels);
    limit.above = read_non_negative(each["above"], exercise::unit_of(limit.channel));
    if (limit.channel == cycle.channel)
      each["channel"].report("must be another channel than the cycle's own");
    if (std::ranges::count(limits, limit.channel, &Limit::channel) > 0)
      each["channel"].report("is listed twice");
    limits.push_back(std::move(limit));
  }
  return limits;
}

CycleRules read_cycle(const Node& node) {
  constexpr std::array<std::string_view, 12> kKeys{
      "channel",      "sides",           "start",        "rest_below",
      "counted_from", "peak_prominence", "duration_min", "longest",
      "rest_hold",    "new_rest_hold",   "lasts_while",  "not_while"};
  node.allow_only(kKeys);
  CycleRules cycle;
  read_movement(node, cycle);
  cycle.lasts_while = read_limits<exercise::CycleExtension>(node["lasts_while"], cycle);
  cycle.not_while = read_limits<exercise::CycleExclusion>(node["not_while"], cycle);
  return cycle;
}

exercise::Tempo read_tempo(const Node& node) {
  constexpr std::array<std::string_view, 3> kKeys{"rise", "hold", "lower"};
  node.allow_only(kKeys);
  exercise::Tempo tempo{read_time(node["rise"]), read_time(node["hold"]),
                        read_time(node["lower"])};
  require_positive(node, {"rise", "lower"});
  return tempo;
}

/// The cycle's own channel comes first.
std::vector<exercise::Aim> read_aims(const Node& node, const CycleRules& cycle) {
  node.allow_only(kChannels);
  std::vector<exercise::Aim> aims;
  const auto add = [&](Channel channel, const Node& value) {
    aims.push_back({channel, read_non_negative(value, exercise::unit_of(channel))});
    require_positive(node, {name(channel)});
  };
  add(cycle.channel, node[name(cycle.channel)]);
  for (std::size_t i = 0; i < kChannels.size(); ++i) {
    const auto channel = static_cast<Channel>(i);
    if (channel == cycle.channel) continue;
    if (const auto value = node.optional(kChannels[i])) add(channel, *value);
  }
  return aims;
}

/// What the voice says of how to lie.
/// @returns the phrase's id
std::string read_settle(const Node& node, int level, Definition& definition) {
  const std::string id = definition.own_phrase_id("settle_" + std::to_string(level));
  definition.spoken.push_back({id, read_sentence(node)});
  return id;
}

Level read_cycle_level(const Node& node, Definition& definition) {
  constexpr std::array<std::string_view, 11> kKeys{
      "number",          "name",  "description", "settle",    "aims",
      "tempo",           "peaks", "trunk_min",   "trunk_max", "repetitions_start",
      "repetitions_goal"};
  node.allow_only(kKeys);
  Level level;
  level.number = node["number"].whole_number(0, kMaxLevel);
  level.name = node["name"].text();
  level.description = node["description"].text();
  level.settle_phrase = read_settle(node["settle"], level.number, definition);
  level.aims = read_aims(node["aims"], *definition.cycle);
  level.tempo = read_tempo(node["tempo"]);
  level.kicks = node["peaks"].whole_number(1, kMaxPeaks);
  level.trunk_min = read_non_negative(node["trunk_min"], "deg");
  level.trunk_max = read_non_negative(node["trunk_max"], "deg");
  level.repetitions_start = node["repetitions_start"].whole_number(1, kMaxCount);
  level.repetitions_goal = node["repetitions_goal"].whole_number(1, kMaxCount);
  check_order(node, "trunk_min", "trunk_max", level.trunk_min, level.trunk_max);
  if (level.repetitions_goal < level.repetitions_start)
    node["repetitions_goal"].report("must not be below repetitions_start");
  return level;
}

std::vector<Level> read_cycle_levels(const Node& node, Definition& definition) {
  std::vector<Level> levels;
  for (const Node& each : some_elements_of(node)) {
    levels.push_back(read_cycle_level(each, definition));
    if (std::ranges::count(levels, levels.back().number, &Level::number) > 1)
      each["number"].report("another level has this number");
  }
  return levels;
}

/// What a statistic can be read of.
void check_reading(const Node& node, const CycleReading& reading, const CycleRules& cycle) {
  const auto forbid = [&](std::string_view key, const char* why) {
    if (const auto found = node.optional(key)) found->report(why);
  };
  if (!exercise::is_of_legs(reading.channel))
    forbid("leg", "doesn't apply to a channel of the body");
  if (reading.statistic != Statistic::time_up) forbid("share", "applies to time_up alone");
  if (reading.statistic == Statistic::legs_lag && cycle.sides != CycleSides::both)
    node["statistic"].report("legs_lag needs a cycle of both legs");
  if (reading.statistic == Statistic::legs_lag && !exercise::is_of_legs(reading.channel))
    node["channel"].report("legs_lag needs a channel of the legs");
  if (reading.statistic == Statistic::legs_lag && reading.leg != exercise::LegChoice::both)
    node["leg"].report("must be both for legs_lag");
  if (reading.statistic == Statistic::peaks && reading.channel != cycle.channel)
    node["channel"].report("peaks are those of the cycle's own channel");
  const bool of_repetition = reading.statistic == Statistic::peaks ||
                             reading.statistic == Statistic::legs_lag ||
                             reading.statistic == Statistic::at_peaks;
  if (of_repetition && reading.phase != Phase::whole)
    node["phase"].report("must be whole for this statistic");
  if (reading.phase == Phase::after && cycle.lasts_while.empty())
    node["phase"].report("there is no after where lasts_while is empty");
}

CycleReading read_reading(const Node& node, const CycleRules& cycle) {
  CycleReading reading;
  reading.channel = word<Channel>(node["channel"], kChannels);
  reading.statistic = word<Statistic>(node["statistic"], kStatistics);
  reading.phase = word<Phase>(node["phase"], kPhases);
  if (exercise::is_of_legs(reading.channel))
    reading.leg = word<exercise::LegChoice>(node["leg"], kLegs);
  if (reading.statistic == Statistic::time_up)
    reading.share = node["share"].number_within(0.01, 0.99);
  check_reading(node, reading, cycle);
  return reading;
}

void read_border(const Node& node, CycleRule& rule) {
  const std::string_view unit = exercise::unit_of(rule.reading);
  const bool above = node.optional("above").has_value();
  if (above == node.optional("below").has_value())
    node.report("needs either above or below, and not both");
  rule.above = above;
  rule.threshold = read_threshold(node[above ? "above" : "below"], unit);
  const auto duration = node.optional("duration");
  if (!duration) return;
  rule.duration = read_time(*duration);
  if (rule.reading.statistic != Statistic::greatest &&
      rule.reading.statistic != Statistic::least)
    duration->report("applies to greatest and least alone");
}

void read_rule_levels(const Node& node, const std::vector<Level>& levels, CycleRule& rule) {
  for (const Node& each : some_elements_of(node)) {
    const int number = each.whole_number(0, kMaxLevel);
    if (std::ranges::find(levels, number, &Level::number) == levels.end())
      each.report("the exercise has no such level");
    if (std::ranges::count(rule.levels, number) > 0) each.report("is listed twice");
    rule.levels.push_back(number);
  }
}

CycleRule read_rule(const Node& node, const CycleRules& cycle,
                    const std::vector<Level>& levels) {
  constexpr std::array<std::string_view, 12> kKeys{
      "id",    "channel", "leg",      "statistic", "share",    "phase",
      "above", "below",   "duration", "levels",    "priority", "unless"};
  node.allow_only(kKeys);
  CycleRule rule;
  rule.id = read_id(node["id"], '_');
  rule.reading = read_reading(node, cycle);
  read_border(node, rule);
  read_rule_levels(node["levels"], levels, rule);
  rule.priority = node["priority"].whole_number(1, kMaxCount);
  return rule;
}

/// What hides a fault has to be judged before it.
void read_unless(const Node& node, const CycleRules& cycle, CycleRule& rule) {
  const auto list = node.optional("unless");
  if (!list) return;
  for (const Node& each : some_elements_of(*list)) {
    const std::string id = each.text();
    if (id == rule.id || std::ranges::count(cycle.rules, id, &CycleRule::id) == 0)
      each.report("must be the id of an earlier rule");
    rule.unless.push_back(id);
  }
}

/// A fault may have another threshold at another level.
void read_rules(const Node& node, const std::vector<Level>& levels, CycleRules& cycle) {
  std::set<std::pair<std::string, int>> seen;
  for (const Node& each : some_elements_of(node)) {
    CycleRule rule = read_rule(each, cycle, levels);
    read_unless(each, cycle, rule);
    for (const int level : rule.levels) {
      if (!seen.insert({rule.id, level}).second)
        each["id"].report("another rule for level " + std::to_string(level) + " has this id");
    }
    cycle.rules.push_back(std::move(rule));
  }
}

void read_measures(const Node& node, CycleRules& cycle) {
  constexpr std::array<std::string_view, 6> kKeys{"id",        "channel", "leg",
                                                  "statistic", "share",   "phase"};
  for (const Node& each : elements_of(node)) {
    each.allow_only(kKeys);
    exercise::CycleMeasure measure{read_id(each["id"], '_'), read_reading(each, cycle)};
    if (std::ranges::count(cycle.measures, measure.id, &exercise::CycleMeasure::id) > 0)
      each["id"].report("another measure has this id");
    cycle.measures.push_back(std::move(measure));
  }
}

void read_breath(const Node& node, CycleRules& cycle) {
  constexpr std::array<std::string_view, 2> kKeys{"rise", "lowering"};
  node.allow_only(kKeys);
  cycle.breath.in_at_rise = node["rise"].one_of(kBreath) == kBreath[0];
  cycle.breath.in_at_lowering = node["lowering"].one_of(kBreath) == kBreath[0];
}

/// The faults as everything outside the engine knows them.
std::vector<exercise::Fault> faults_of(const CycleRules& cycle) {
  std::vector<exercise::Fault> faults;
  for (const CycleRule& rule : cycle.rules) {
    const auto known = std::ranges::find(faults, rule.id, &exercise::Fault::id);
    if (known != faults.end()) {
      known->levels.insert(known->levels.end(), rule.levels.begin(), rule.levels.end());
      continue;
    }
    exercise::Fault fault;
    fault.id = rule.id;
    fault.signal = exercise::Signal::channel;
    fault.levels = rule.levels;
    fault.on = rule.threshold;
    fault.priority = rule.priority;
    faults.push_back(std::move(fault));
  }
  return faults;
}

void read_cycle_words(const Node& node, Definition& definition) {
  constexpr std::array<std::string_view, 4> kKeys{"set_up", "prompt", "transition", "faults"};
  node.allow_only(kKeys);
  exercise::CycleWords& words = definition.cycle->words;
  for (const Node& each : some_elements_of(node["set_up"])) words.set_up.push_back(each.text());
  words.prompt = read_cue(node["prompt"]);
  words.transition = read_sentence(node["transition"]);
  const auto speak = [&](std::string_view id, const std::string& text) {
    definition.spoken.push_back({definition.own_phrase_id(id), text});
  };
  speak("prompt", words.prompt);
  speak("transition", words.transition);
  speak("name", definition.name + ".");
  read_fault_words(node["faults"], definition);
}

/// Puts the words for any movement in the place of those for kicks and for single legs.
void use_words_for_any_movement(Definition& definition) {
  constexpr std::string_view kAnyMovement = "move_";
  const bool by_side = definition.by_side();
  for (const exercise::Phrase& any : definition.phrases) {
    if (!any.id.starts_with(kAnyMovement)) continue;
    const std::string id = any.id.substr(kAnyMovement.size());
    for (auto* phrases : {&definition.phrases, &definition.plan}) {
      if (phrases == &definition.plan && by_side) continue;
      const auto replaced = std::ranges::find(*phrases, id, &exercise::Phrase::id);
      if (replaced != phrases->end()) replaced->text = any.text;
    }
  }
}

}  // namespace

Definition read_cycle_definition(const Node& root, const Definition& common) {
  constexpr std::array<std::string_view, 10> kKeys{"schema", "id",     "name",  "version",
                                                   "cycle",  "levels", "rules", "measures",
                                                   "breath", "words"};
  constexpr std::array<std::string_view, 1> kSchema{"matside.exercise/2"};
  constexpr std::array<std::string_view, 1> kLanguages{"en"};
  root.allow_only(kKeys);
  (void)root["schema"].one_of(kSchema);
  Definition definition = common;
  definition.id = read_id(root["id"], '-');
  definition.name = root["name"].text();
  definition.version = root["version"].text();
  definition.words.clear();
  definition.cycle = read_cycle(root["cycle"]);
  use_words_for_any_movement(definition);
  definition.levels = read_cycle_levels(root["levels"], definition);
  read_rules(root["rules"], definition.levels, *definition.cycle);
  read_measures(root["measures"], *definition.cycle);
  read_breath(root["breath"], *definition.cycle);
  definition.faults = faults_of(*definition.cycle);
  root["words"].allow_only(kLanguages);
  read_cycle_words(root["words"]["en"], definition);
  return definition;
}

}  // namespace matside::catalog
