#include "records/exchange.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string_view>

#include "formats/packed.h"
#include "formats/pose_stream.h"
#include "formats/strict_json/node.h"

namespace matside::records {
namespace {

using strict_json::Node;
using json = nlohmann::ordered_json;
using records::Repository;

constexpr const char* kSchema = "matside.export/1";
constexpr const char* kResultSchema = "matside.analysis/1";
constexpr std::size_t kLargestAnalysis = 16U << 20U;
// From 1970 to 2100.
constexpr double kLatest_unix_s = 4'102'444'800.0;
constexpr double kLongest_s = 4.0 * 3600.0;
constexpr double kMost = 1e6;
constexpr int kMostRepetitions = 1000;
constexpr int kMostComfort = 10;
constexpr int kMostOffset_min = 900;
constexpr double kMostBent_deg = 180.0;

std::string base64(std::string_view bytes) {
  const int variant = sodium_base64_VARIANT_ORIGINAL;
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(),
                    reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    variant);
  text.resize(text.size() - 1);  // its closing zero
  return text;
}

std::string from_base64(const Node& node) {
  const std::string text = node.text();
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                        text.data(), text.size(), nullptr, &size, nullptr,
                        sodium_base64_VARIANT_ORIGINAL) != 0) {
    node.report("must be base64");
  }
  bytes.resize(size);
  return bytes;
}

template <class T>
json or_null(const std::optional<T>& value) {
  return value ? json(*value) : json(nullptr);
}
template <class T>
json value_or_null(const std::optional<T>& quantity) {
  return quantity ? json(quantity->value()) : json(nullptr);
}
json instant_or_null(const std::optional<records::Instant>& instant) {
  return instant ? json(instant->unix_s) : json(nullptr);
}
json measured_json(const std::optional<exercise::Measured>& measured) {
  if (!measured) return nullptr;
  return {{"value", measured->value},
          {"random", measured->random},
          {"systematic", measured->systematic}};
}

json repetition_json(const records::Repetition& r) {
  json kicks = json::array();
  for (const base::Seconds kick : r.kicks) kicks.push_back(kick.value());
  json faults = json::array();
  for (const records::Fault& fault : r.faults) {
    faults.push_back({{"id", fault.id},
                      {"value", fault.value},
                      {"threshold", fault.threshold},
                      {"unit", fault.unit}});
  }
  return {{"side", name(r.side)},
          {"corrected_side", r.corrected ? json(name(*r.corrected)) : json(nullptr)},
          {"status", name(r.status)},
          {"start_s", r.start.value()},
          {"end_s", r.end.value()},
          {"knee_flexion_deg", r.knee_flexion.value()},
          {"lowering_s", value_or_null(r.lowering)},
          {"transit_70_20_s", value_or_null(r.transit_70_20)},
          {"hip_rise_thigh_lengths", or_null(r.hip_rise_thigh_lengths)},
          {"thigh_lift_deg", value_or_null(r.thigh_lift)},
          {"kick_times_s", std::move(kicks)},
          {"faults", std::move(faults)}};
}

base::Result<json> practice_export(Repository& records, const records::Practice& p) {
  const auto repetitions = records.repetitions(p.id);
  if (!repetitions) return repetitions.error();
  const auto poses = records.poses(p.id);
  if (!poses) return poses.error();
  const auto packed = records.analysis(p.id);
  if (!packed) return packed.error();
  json analysis = nullptr;
  if (!packed.value().empty()) {
    const auto text = formats::unpacked(packed.value(), kLargestAnalysis, "a result kept");
    if (!text) return text.error();
    analysis = json::parse(text.value(), nullptr, false);
  }
  json rows = json::array();
  for (const records::Repetition& each : repetitions.value())
    rows.push_back(repetition_json(each));
  json chunks = json::array();
  for (const records::PoseChunk& each : poses.value()) {
    chunks.push_back({{"session", each.session},
                      {"full_kick_deg", value_or_null(each.full_kick)},
                      {"frames", each.frames},
                      {"stream", base64(each.stream)}});
  }
  const json counts = {{"left", p.counts.left},
                       {"right", p.counts.right},
                       {"unsure", p.counts.unsure},
                       {"kicks", p.counts.kicks},
                       {"clean", p.counts.clean}};
  const json corrected = p.corrected
                             ? json{{"left", p.corrected->left}, {"right", p.corrected->right}}
                             : json(nullptr);
  return json{{"start_unix_s", p.start.unix_s},
              {"utc_offset_min", p.utc_offset_min},
              {"origin", name(p.origin)},
              {"level", p.level},
              {"wished", p.wished},
              {"ended_by", name(p.ended_by.value_or(records::EndedBy::interrupted))},
              {"duration_s", p.duration.value()},
              {"comfort_before", or_null(p.comfort.before)},
              {"comfort_after", or_null(p.comfort.after)},
              {"leg_symptoms", p.comfort.leg_symptoms},
              {"next_day", name(p.comfort.next_day)},
              {"corrected", corrected},
              {"engine", p.judgement.engine},
              {"settings", p.judgement.settings},
              {"judged_unix_s", p.judgement.made.unix_s},
              {"counts", counts},
              {"knee_flexion_deg", measured_json(p.means.knee_flexion_deg)},
              {"lowering_s", measured_json(p.means.lowering_s)},
              {"hips_still_share", measured_json(p.means.hips_still_share)},
              {"lengthening_s", or_null(p.means.lengthening_s)},
              {"repetitions", std::move(rows)},
              {"analysis", std::move(analysis)},
              {"poses", std::move(chunks)}};
}

/// A practice as read, before anything of it is kept.
struct Incoming {
  records::Beginning beginning;
  records::Ending ending;
  records::Comfort comfort;
  std::optional<records::Correction> corrected;
  std::vector<records::Repetition> repetitions;
  records::Outcome outcome;
  std::vector<records::PoseChunk> poses;
};

template <class T, std::size_t n>
T named(const Node& node, const std::array<T, n>& all) {
  std::array<std::string_view, n> names;
  std::ranges::transform(all, names.begin(), [](T each) { return name(each); });
  const std::string text = node.one_of(names);
  const auto found = std::ranges::find(names, text);
  return all[static_cast<std::size_t>(found - names.begin()) % n];
}

constexpr std::array kSides{exercise::KickingSide::left, exercise::KickingSide::right,
                            exercise::KickingSide::unsure};
constexpr std::array kStatuses{
    exercise::RepetitionStatus::clean, exercise::RepetitionStatus::faulty,
    exercise::RepetitionStatus::partial, exercise::RepetitionStatus::unjudged};
constexpr std::array kOrigins{records::Origin::imported, records::Origin::camera,
                              records::Origin::recording, records::Origin::sound};
constexpr std::array kEndings{records::EndedBy::person, records::EndedBy::goal,
                              records::EndedBy::discomfort, records::EndedBy::interrupted};
constexpr std::array kNextDays{plan::NextDay::unanswered, plan::NextDay::better,
                               plan::NextDay::same, plan::NextDay::worse};

std::optional<double> maybe_number(const Node& node, double lowest, double highest) {
  if (node.is_null()) return std::nullopt;
  return node.number_within(lowest, highest);
}
template <class T>
std::optional<T> maybe(const Node& node, double lowest, double highest) {
  const auto value = maybe_number(node, lowest, highest);
  return value ? std::optional(T(*value)) : std::nullopt;
}
std::optional<int> maybe_whole(const Node& node, int lowest, int highest) {
  if (node.is_null()) return std::nullopt;
  return node.whole_number(lowest, highest);
}
records::Instant instant(const Node& node) {
  return {static_cast<std::int64_t>(node.number_within(0.0, kLatest_unix_s))};
}

std::optional<exercise::Measured> measured(const Node& node) {
  if (node.is_null()) return std::nullopt;
  return exercise::Measured{node["value"].number_within(-kMost, kMost),
                            node["random"].number_within(0.0, kMost),
                            node["systematic"].number_within(0.0, kMost)};
}

records::Counts counts(const Node& node) {
  return {node["left"].whole_number(0, kMostRepetitions),
          node["right"].whole_number(0, kMostRepetitions),
          node["unsure"].whole_number(0, kMostRepetitions),
          node["kicks"].whole_number(0, 10 * kMostRepetitions),
          node["clean"].whole_number(0, 3 * kMostRepetitions)};
}

/// What exports and result files tell alike of a repetition.
records::Repetition repetition(const Node& node, int index) {
  records::Repetition r;
  r.index = index;
  r.side = named(node["side"], kSides);
  r.status = named(node["status"], kStatuses);
  r.start = base::Seconds(node["start_s"].number_within(0.0, kLongest_s));
  r.end = base::Seconds(node["end_s"].number_within(r.start.value(), kLongest_s));
  r.lowering = maybe<base::Seconds>(node["lowering_s"], 0.0, kLongest_s);
  r.transit_70_20 = maybe<base::Seconds>(node["transit_70_20_s"], 0.0, kLongest_s);
  r.hip_rise_thigh_lengths = maybe_number(node["hip_rise_thigh_lengths"], -kMost, kMost);
  r.thigh_lift = maybe<base::Degrees>(node["thigh_lift_deg"], -kMostBent_deg, kMostBent_deg);
  for (const Node& fault : node["faults"].any_elements()) {
    r.faults.push_back({fault["id"].text(), fault["value"].number_within(-kMost, kMost),
                        fault["threshold"].number_within(-kMost, kMost), fault["unit"].text()});
  }
  return r;
}

records::PoseChunk poses(const Node& node) {
  records::PoseChunk chunk;
  chunk.session = node["session"].whole_number(1, kMostRepetitions);
  chunk.full_kick = maybe<base::Degrees>(node["full_kick_deg"], 0.0, kMostBent_deg);
  chunk.stream = from_base64(node["stream"]);
  const auto frames = formats::read_pose_stream(chunk.stream, "stream");
  if (!frames) {
    node["stream"].report(frames.error().message);
  } else {
    chunk.frames = static_cast<std::int64_t>(frames.value().size());
  }
  return chunk;
}

Incoming practice(const Node& node, const nlohmann::json& value) {
  Incoming in;
  records::Beginning& b = in.beginning;
  b.start = instant(node["start_unix_s"]);
  b.utc_offset_min = node["utc_offset_min"].whole_number(-kMostOffset_min, kMostOffset_min);
  b.origin = named(node["origin"], kOrigins);
  b.level = node["level"].whole_number(0, 3);
  b.wished = node["wished"].whole_number(0, kMostRepetitions);
  b.judgement = {node["engine"].text(), node["settings"].text(),
                 instant(node["judged_unix_s"])};
  if (!nlohmann::json::accept(b.judgement.settings)) node["settings"].report("must be JSON");
  in.ending = {named(node["ended_by"], kEndings),
               base::Seconds(node["duration_s"].number_within(0.0, kLongest_s))};
  in.comfort = {maybe_whole(node["comfort_before"], 0, kMostComfort),
                maybe_whole(node["comfort_after"], 0, kMostComfort),
                node["leg_symptoms"].boolean(), named(node["next_day"], kNextDays)};
  if (const Node corrected = node["corrected"]; !corrected.is_null()) {
    in.corrected = {corrected["left"].whole_number(0, kMostRepetitions),
                    corrected["right"].whole_number(0, kMostRepetitions)};
  }
  in.outcome.counts = counts(node["counts"]);
  in.outcome.means = {measured(node["knee_flexion_deg"]), measured(node["lowering_s"]),
                      measured(node["hips_still_share"]),
                      maybe_number(node["lengthening_s"], 0.0, 2.0 * kLongest_s)};
  for (const Node& each : node["repetitions"].any_elements()) {
    records::Repetition r = repetition(each, static_cast<int>(in.repetitions.size()) + 1);
    r.knee_flexion = base::Degrees(each["knee_flexion_deg"].number_within(0.0, kMostBent_deg));
    if (!each["corrected_side"].is_null()) r.corrected = named(each["corrected_side"], kSides);
    for (const Node& kick : each["kick_times_s"].any_elements()) {
      r.kicks.emplace_back(kick.number_within(r.start.value(), r.end.value()));
    }
    in.repetitions.push_back(std::move(r));
  }
  if (const Node analysis = node["analysis"]; !analysis.is_null()) {
    if (analysis["schema"].text() != kResultSchema) analysis.report("must be a result");
    in.outcome.analysis = formats::packed(value.at("analysis").dump());
  }
  for (const Node& each : node["poses"].any_elements()) in.poses.push_back(poses(each));
  return in;
}

Incoming result(const Node& node, const nlohmann::json& value, const Now& now) {
  Incoming in;
  in.beginning.start = now.instant;
  in.beginning.utc_offset_min = now.utc_offset_min;
  in.beginning.origin = records::Origin::imported;
  in.beginning.level = node["exercise"]["level"].whole_number(0, 3);
  constexpr std::array<std::string_view, 1> kExercises{"single-leg-kick"};
  (void)node["exercise"]["id"].one_of(kExercises);
  const json settings = {{"pose_model", node["pose"]["model"].text()},
                         {"eye", node["pose"]["eye"].boolean()}};
  in.beginning.judgement = {"unknown", settings.dump(), now.instant};
  in.ending.duration =
      base::Seconds(node["source"]["duration_s"].number_within(0.0, kLongest_s));
  for (const Node& each : node["repetitions"].any_elements()) {
    records::Repetition r = repetition(each, static_cast<int>(in.repetitions.size()) + 1);
    for (const Node& kick : each["kicks"].elements()) {
      r.kicks.emplace_back(kick["time_s"].number_within(r.start.value(), r.end.value()));
      r.knee_flexion =
          std::max(r.knee_flexion,
                   base::Degrees(kick["knee_flexion_deg"].number_within(0.0, kMostBent_deg)));
    }
    in.repetitions.push_back(std::move(r));
  }
  in.outcome.counts = counts(node["counts"]);
  const records::Counts& told = in.outcome.counts;
  in.beginning.wished = std::max(told.left, told.right);
  if (told.left + told.right + told.unsure != static_cast<int>(in.repetitions.size())) {
    node["counts"].report("must be the number of repetitions");
  }
  in.outcome.analysis = formats::packed(value.dump());
  return in;
}

base::Result<bool> keep(Repository& records, records::Id person, Incoming& in,
                        const std::vector<records::Practice>& there) {
  const auto same = [&](const records::Practice& p) {
    return p.start == in.beginning.start && p.origin == in.beginning.origin;
  };
  if (std::ranges::any_of(there, same)) return false;
  in.beginning.person = person;
  in.beginning.comfort_before = in.comfort.before;
  const auto id = records.add_practice(in.beginning, in.ending, in.comfort, in.repetitions,
                                       in.outcome, in.poses);
  if (!id) return id.error();
  if (!in.corrected) return true;
  if (auto corrected = records.correct(id.value(), in.corrected); !corrected) {
    return corrected.error();
  }
  return true;
}

base::Result<void> take_settings(Repository& records, records::Id id, const Node& node) {
  auto person = records.person(id);
  if (!person) return person.error();
  records::Person& p = person.value();
  p.settings = node["settings"].text();
  p.teacher_level = maybe_whole(node["teacher_level"], 0, 3);
  for (const auto& [key, to] :
       {std::pair{"informed_unix_s", &p.informed}, {"asked_since_unix_s", &p.asked_since}}) {
    if (!node[key].is_null()) *to = instant(node[key]);
  }
  return records.change(p);
}

}  // namespace

base::Result<std::string> export_json(Repository& records, records::Id id) {
  const auto person = records.person(id);
  if (!person) return person.error();
  const auto practices = records.practices(id);
  if (!practices) return practices.error();
  const records::Person& p = person.value();
  json all = json::array();
  for (const records::Practice& each : practices.value()) {
    auto one = practice_export(records, each);
    if (!one) return one.error();
    all.push_back(std::move(one).value());
  }
  const json document = {{"schema", kSchema},
                         {"person",
                          {{"name", p.name},
                           {"since_unix_s", p.since.unix_s},
                           {"settings", p.settings},
                           {"teacher_level", or_null(p.teacher_level)},
                           {"informed_unix_s", instant_or_null(p.informed)},
                           {"asked_since_unix_s", instant_or_null(p.asked_since)}}},
                         {"practices", std::move(all)}};
  return document.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

base::Result<int> import_json(Repository& records, records::Id person, std::string_view text,
                              const std::string& name, const Now& now) {
  strict_json::Problem problem(name);
  const nlohmann::json document = strict_json::parse_strictly(text, problem);
  const Node root(document, problem);
  std::vector<Incoming> all;
  constexpr std::array<std::string_view, 2> kSchemas{kSchema, kResultSchema};
  const bool whole = root["schema"].one_of(kSchemas) == kSchema;
  if (!problem.first() && whole) {
    const std::vector<Node> nodes = root["practices"].any_elements();
    for (std::size_t i = 0; i < nodes.size() && !problem.first(); ++i) {
      all.push_back(practice(nodes[i], document["practices"][i]));
    }
    const std::string settings = root["person"]["settings"].text();
    if (!nlohmann::json::accept(settings)) root["person"]["settings"].report("must be JSON");
  } else if (!problem.first()) {
    all.push_back(result(root, document, now));
  }
  if (problem.first()) return base::Error{base::ErrorKind::input, *problem.first()};
  const auto there = records.practices(person);
  if (!there) return there.error();
  int kept = 0;
  for (Incoming& each : all) {
    const auto one = keep(records, person, each, there.value());
    if (!one) return one.error();
    if (one.value()) ++kept;
  }
  if (whole && there.value().empty()) {
    if (auto taken = take_settings(records, person, root["person"]); !taken) {
      return taken.error();
    }
    if (problem.first()) return base::Error{base::ErrorKind::input, *problem.first()};
  }
  return kept;
}

base::Result<records::Id> import_poses(Repository& records, const Ongoing::Wish& wish,
                                       const std::vector<pose::PoseFrame>& frames,
                                       const Now& now, const Engine& engine,
                                       const exercise::Definition& exercise) {
  if (frames.empty()) {
    return base::Error{base::ErrorKind::input, "there is no picture with a pose to judge"};
  }
  records::PoseChunk chunk;
  chunk.frames = static_cast<std::int64_t>(frames.size());
  chunk.stream = formats::pose_stream(frames);
  const std::vector<records::PoseChunk> chunks{std::move(chunk)};
  const auto judged = judge({wish.level, true, chunks}, exercise);
  if (!judged) return judged.error();
  records::Beginning beginning;
  beginning.person = wish.person;
  beginning.start = now.instant;
  beginning.utc_offset_min = now.utc_offset_min;
  beginning.origin = wish.origin;
  beginning.level = wish.level;
  const engine::Counts& counted = judged.value().analysis.counts;
  beginning.wished =
      wish.repetitions > 0 ? wish.repetitions : std::max(counted.left, counted.right);
  beginning.judgement = judgement_of(engine, exercise, now.instant);
  records::Comfort comfort;
  comfort.before = wish.comfort_before;
  return records.add_practice(beginning, {records::EndedBy::person, judged.value().duration},
                              comfort, kept(judged.value().analysis.repetitions),
                              outcome_of(judged.value(), beginning.judgement, exercise),
                              chunks);
}

}  // namespace matside::records
