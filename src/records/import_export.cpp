#include "records/import_export.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string_view>

#include "formats/analysis_json.h"
#include "formats/json_number.h"
#include "formats/pose_codec.h"
#include "formats/strict_json/node.h"
#include "formats/xz.h"

namespace matside::records {
namespace {

using formats::kResultSchema;
using formats::or_null;
using strict_json::Node;
using json = nlohmann::ordered_json;

constexpr const char* kSchema = "matside.export/1";
constexpr std::size_t kMaxAnalysis_bytes = 16U << 20U;
// From 1970 to 2100.
constexpr double kMaxTime_unix_s = 4'102'444'800.0;
constexpr double kMaxDuration_s = 4.0 * 3600.0;
constexpr double kMaxValue = 1e6;
constexpr int kMaxRepetitions = 1000;
constexpr int kMaxOffset_min = 900;
constexpr double kMaxFlexion_deg = 180.0;

std::string base64(std::string_view bytes) {
  const int variant = sodium_base64_VARIANT_ORIGINAL;
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(),
                    reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    variant);
  text.resize(text.size() - 1);  // the terminating zero
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
json value_or_null(const std::optional<T>& quantity) {
  return quantity ? json(quantity->value()) : json(nullptr);
}
json instant_or_null(const std::optional<Instant>& instant) {
  return instant ? json(instant->unix_s) : json(nullptr);
}
json measured_json(const std::optional<exercise::Measured>& measured) {
  if (!measured) return nullptr;
  return {{"value", measured->value},
          {"random", measured->random},
          {"systematic", measured->systematic}};
}

json repetition_json(const SavedRepetition& r) {
  json kicks = json::array();
  for (const base::Seconds kick : r.kicks) kicks.push_back(kick.value());
  json faults = json::array();
  for (const Fault& fault : r.faults) {
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

base::Result<json> practice_export_json(Repository& records, const Practice& p) {
  const auto repetitions = records.repetitions(p.id);
  if (!repetitions) return repetitions.error();
  const auto poses = records.poses(p.id);
  if (!poses) return poses.error();
  const auto compressed = records.analysis(p.id);
  if (!compressed) return compressed.error();
  json analysis = nullptr;
  if (!compressed.value().empty()) {
    const auto text =
        formats::xz_decompressed(compressed.value(), kMaxAnalysis_bytes, "a saved result");
    if (!text) return text.error();
    if (strict_json::is_strict_json(text.value())) {
      analysis = json::parse(text.value(), nullptr, false);
    }
  }
  json rows = json::array();
  for (const SavedRepetition& each : repetitions.value()) rows.push_back(repetition_json(each));
  json chunks = json::array();
  for (const PoseChunk& each : poses.value()) {
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
              {"wished", p.goal_repetitions},
              {"ended_by", name(p.ended_by.value_or(EndReason::interrupted))},
              {"duration_s", p.duration.value()},
              {"comfort_before", or_null(p.comfort.before)},
              {"comfort_after", or_null(p.comfort.after)},
              {"leg_symptoms", p.comfort.leg_symptoms},
              {"next_day", name(p.comfort.next_day)},
              {"corrected", corrected},
              {"engine", p.scoring.engine},
              {"settings", p.scoring.settings},
              {"judged_unix_s", p.scoring.made.unix_s},
              {"counts", counts},
              {"knee_flexion_deg", measured_json(p.means.knee_flexion_deg)},
              {"lowering_s", measured_json(p.means.lowering_s)},
              {"hips_still_share", measured_json(p.means.hips_still_share)},
              {"lengthening_s", or_null(p.means.lengthening_s)},
              {"repetitions", std::move(rows)},
              {"analysis", std::move(analysis)},
              {"poses", std::move(chunks)}};
}

/// A practice as read, before anything of it is saved.
struct ParsedPractice {
  PracticeStart start;
  PracticeEnd end;
  Comfort comfort;
  std::optional<SideCounts> corrected;
  std::vector<SavedRepetition> repetitions;
  PracticeResult result;
  std::vector<PoseChunk> poses;
};

/// A person's settings as read, before anything is saved.
struct ParsedSettings {
  std::string settings;
  std::optional<int> teacher_level;
  std::optional<Instant> safety_read_at;
  std::optional<Instant> cleared_since;
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
constexpr std::array kOrigins{Origin::imported, Origin::camera, Origin::recording,
                              Origin::sound};
constexpr std::array kEndings{EndReason::person, EndReason::goal, EndReason::discomfort,
                              EndReason::interrupted};
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
Instant instant(const Node& node) {
  return {static_cast<std::int64_t>(node.number_within(0.0, kMaxTime_unix_s))};
}

std::optional<exercise::Measured> measured(const Node& node) {
  if (node.is_null()) return std::nullopt;
  return exercise::Measured{node["value"].number_within(-kMaxValue, kMaxValue),
                            node["random"].number_within(0.0, kMaxValue),
                            node["systematic"].number_within(0.0, kMaxValue)};
}

RepetitionCounts counts(const Node& node) {
  return {node["left"].whole_number(0, kMaxRepetitions),
          node["right"].whole_number(0, kMaxRepetitions),
          node["unsure"].whole_number(0, kMaxRepetitions),
          node["kicks"].whole_number(0, 10 * kMaxRepetitions),
          node["clean"].whole_number(0, 3 * kMaxRepetitions)};
}

/// The part of a repetition that exports and result files share.
SavedRepetition repetition(const Node& node, int index) {
  SavedRepetition r;
  r.index = index;
  r.side = named(node["side"], kSides);
  r.status = named(node["status"], kStatuses);
  r.start = base::Seconds(node["start_s"].number_within(0.0, kMaxDuration_s));
  r.end = base::Seconds(node["end_s"].number_within(r.start.value(), kMaxDuration_s));
  r.lowering = maybe<base::Seconds>(node["lowering_s"], 0.0, kMaxDuration_s);
  r.transit_70_20 = maybe<base::Seconds>(node["transit_70_20_s"], 0.0, kMaxDuration_s);
  r.hip_rise_thigh_lengths =
      maybe_number(node["hip_rise_thigh_lengths"], -kMaxValue, kMaxValue);
  r.thigh_lift =
      maybe<base::Degrees>(node["thigh_lift_deg"], -kMaxFlexion_deg, kMaxFlexion_deg);
  for (const Node& fault : node["faults"].elements_or_empty()) {
    r.faults.push_back({fault["id"].text(), fault["value"].number_within(-kMaxValue, kMaxValue),
                        fault["threshold"].number_within(-kMaxValue, kMaxValue),
                        fault["unit"].text()});
  }
  return r;
}

PoseChunk poses(const Node& node) {
  PoseChunk chunk;
  chunk.session = node["session"].whole_number(1, kMaxRepetitions);
  chunk.full_kick = maybe<base::Degrees>(node["full_kick_deg"], 0.0, kMaxFlexion_deg);
  chunk.stream = from_base64(node["stream"]);
  const auto frames = formats::decode_poses(chunk.stream, "stream");
  if (!frames) {
    node["stream"].report(frames.error().message);
  } else {
    chunk.frames = static_cast<std::int64_t>(frames.value().size());
  }
  return chunk;
}

ParsedPractice practice(const Node& node, const nlohmann::json& value, int highest_level) {
  ParsedPractice in;
  PracticeStart& b = in.start;
  b.start = instant(node["start_unix_s"]);
  b.utc_offset_min = node["utc_offset_min"].whole_number(-kMaxOffset_min, kMaxOffset_min);
  b.origin = named(node["origin"], kOrigins);
  b.level = node["level"].whole_number(0, highest_level);
  b.goal_repetitions = node["wished"].whole_number(0, kMaxRepetitions);
  b.scoring = {node["engine"].text(), node["settings"].text(), instant(node["judged_unix_s"])};
  if (!strict_json::is_strict_json(b.scoring.settings)) node["settings"].report("must be JSON");
  in.end = {named(node["ended_by"], kEndings),
            base::Seconds(node["duration_s"].number_within(0.0, kMaxDuration_s))};
  in.comfort = {maybe_whole(node["comfort_before"], 0, kMaxComfort),
                maybe_whole(node["comfort_after"], 0, kMaxComfort),
                node["leg_symptoms"].boolean(), named(node["next_day"], kNextDays)};
  if (const Node corrected = node["corrected"]; !corrected.is_null()) {
    in.corrected = {corrected["left"].whole_number(0, kMaxRepetitions),
                    corrected["right"].whole_number(0, kMaxRepetitions)};
  }
  in.result.counts = counts(node["counts"]);
  in.result.means = {measured(node["knee_flexion_deg"]), measured(node["lowering_s"]),
                     measured(node["hips_still_share"]),
                     maybe_number(node["lengthening_s"], 0.0, 2.0 * kMaxDuration_s)};
  for (const Node& each : node["repetitions"].elements_or_empty()) {
    SavedRepetition r = repetition(each, static_cast<int>(in.repetitions.size()) + 1);
    r.knee_flexion =
        base::Degrees(each["knee_flexion_deg"].number_within(0.0, kMaxFlexion_deg));
    if (!each["corrected_side"].is_null()) r.corrected = named(each["corrected_side"], kSides);
    for (const Node& kick : each["kick_times_s"].elements_or_empty()) {
      r.kicks.emplace_back(kick.number_within(r.start.value(), r.end.value()));
    }
    in.repetitions.push_back(std::move(r));
  }
  if (const Node analysis = node["analysis"]; !analysis.is_null()) {
    if (analysis["schema"].text() != kResultSchema) analysis.report("must be a result");
    in.result.analysis = formats::xz_compressed(value.at("analysis").dump());
  }
  for (const Node& each : node["poses"].elements_or_empty()) in.poses.push_back(poses(each));
  return in;
}

ParsedPractice result(const Node& node, const nlohmann::json& value, const LocalTime& now,
                      int highest_level) {
  ParsedPractice in;
  in.start.start = now.instant;
  in.start.utc_offset_min = now.utc_offset_min;
  in.start.origin = Origin::imported;
  in.start.level = node["exercise"]["level"].whole_number(0, highest_level);
  constexpr std::array<std::string_view, 1> kExercises{"single-leg-kick"};
  (void)node["exercise"]["id"].one_of(kExercises);
  const json settings = {{"pose_model", node["pose"]["model"].text()},
                         {"eye", node["pose"]["eye"].boolean()}};
  in.start.scoring = {"unknown", settings.dump(), now.instant};
  in.end.duration =
      base::Seconds(node["source"]["duration_s"].number_within(0.0, kMaxDuration_s));
  for (const Node& each : node["repetitions"].elements_or_empty()) {
    SavedRepetition r = repetition(each, static_cast<int>(in.repetitions.size()) + 1);
    for (const Node& kick : each["kicks"].elements()) {
      r.kicks.emplace_back(kick["time_s"].number_within(r.start.value(), r.end.value()));
      r.knee_flexion =
          std::max(r.knee_flexion,
                   base::Degrees(kick["knee_flexion_deg"].number_within(0.0, kMaxFlexion_deg)));
    }
    in.repetitions.push_back(std::move(r));
  }
  in.result.counts = counts(node["counts"]);
  const RepetitionCounts& counted = in.result.counts;
  in.start.goal_repetitions = std::max(counted.left, counted.right);
  if (counted.left + counted.right + counted.unsure !=
      static_cast<int>(in.repetitions.size())) {
    node["counts"].report("must be the number of repetitions");
  }
  in.result.analysis = formats::xz_compressed(value.dump());
  return in;
}

base::Result<bool> save_practice(Repository& records, Id person, ParsedPractice& in,
                                 const std::vector<Practice>& existing) {
  const auto same = [&](const Practice& p) {
    return p.start == in.start.start && p.origin == in.start.origin;
  };
  if (std::ranges::any_of(existing, same)) return false;
  in.start.person = person;
  in.start.comfort_before = in.comfort.before;
  const auto id =
      records.add_practice(in.start, in.end, in.comfort, in.repetitions, in.result, in.poses);
  if (!id) return id.error();
  if (!in.corrected) return true;
  if (auto corrected = records.correct(id.value(), in.corrected); !corrected) {
    return corrected.error();
  }
  return true;
}

ParsedSettings person_settings(const Node& node, int highest_level) {
  ParsedSettings in;
  in.settings = node["settings"].text();
  strict_json::FirstError ignored("settings");
  if (in.settings.size() > kMaxSettings_bytes ||
      !strict_json::parse_strictly(in.settings, ignored).is_object()) {
    node["settings"].report("must be a JSON object of at most " +
                            std::to_string(kMaxSettings_bytes) + " bytes");
  }
  in.teacher_level = maybe_whole(node["teacher_level"], 0, highest_level);
  for (const auto& [key, to] : {std::pair{"informed_unix_s", &in.safety_read_at},
                                {"asked_since_unix_s", &in.cleared_since}}) {
    if (const Node read = node[key]; !read.is_null()) *to = instant(read);
  }
  return in;
}

base::Result<void> save_settings(Repository& records, Id id, const ParsedSettings& in) {
  auto person = records.person(id);
  if (!person) return person.error();
  Person& p = person.value();
  p.settings = in.settings;
  p.teacher_level = in.teacher_level;
  if (in.safety_read_at) p.safety_read_at = in.safety_read_at;
  if (in.cleared_since) p.cleared_since = in.cleared_since;
  return records.update_person(p);
}

}  // namespace

base::Result<std::string> export_json(Repository& records, Id id) {
  const auto person = records.person(id);
  if (!person) return person.error();
  const auto practices = records.practices(id);
  if (!practices) return practices.error();
  const Person& p = person.value();
  json all = json::array();
  for (const Practice& each : practices.value()) {
    auto one = practice_export_json(records, each);
    if (!one) return one.error();
    all.push_back(std::move(one).value());
  }
  const json document = {{"schema", kSchema},
                         {"person",
                          {{"name", p.name},
                           {"since_unix_s", p.since.unix_s},
                           {"settings", p.settings},
                           {"teacher_level", or_null(p.teacher_level)},
                           {"informed_unix_s", instant_or_null(p.safety_read_at)},
                           {"asked_since_unix_s", instant_or_null(p.cleared_since)}}},
                         {"practices", std::move(all)}};
  return document.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

base::Result<int> import_json(Repository& records, Id person, std::string_view text,
                              const std::string& name, const LocalTime& now,
                              int highest_level) {
  strict_json::FirstError problem(name);
  const nlohmann::json document = strict_json::parse_strictly(text, problem);
  const Node root(document, problem);
  std::vector<ParsedPractice> all;
  std::optional<ParsedSettings> settings;
  constexpr std::array<std::string_view, 2> kSchemas{kSchema, kResultSchema};
  const bool whole = root["schema"].one_of(kSchemas) == kSchema;
  if (whole && !problem.first()) {
    const std::vector<Node> nodes = root["practices"].elements_or_empty();
    for (std::size_t i = 0; i < nodes.size() && !problem.first(); ++i) {
      all.push_back(practice(nodes[i], document["practices"][i], highest_level));
    }
    settings = person_settings(root["person"], highest_level);
  } else if (!problem.first()) {
    all.push_back(result(root, document, now, highest_level));
  }
  if (problem.first()) return base::Error{base::ErrorKind::input, *problem.first()};
  const auto existing = records.practices(person);
  if (!existing) return existing.error();
  int imported = 0;
  for (ParsedPractice& each : all) {
    const auto one = save_practice(records, person, each, existing.value());
    if (!one) return one.error();
    if (one.value()) ++imported;
  }
  if (settings && existing.value().empty()) {
    if (auto saved = save_settings(records, person, *settings); !saved) return saved.error();
  }
  return imported;
}

base::Result<Id> import_poses(Repository& records, const PracticeDraft::Plan& plan,
                              const std::vector<pose::PoseFrame>& frames, const LocalTime& now,
                              const EngineInfo& engine, const exercise::Definition& exercise) {
  if (frames.empty()) {
    return base::Error{base::ErrorKind::input,
                       "no frame has a pose, so there is nothing to score"};
  }
  PoseChunk chunk;
  chunk.frames = static_cast<std::int64_t>(frames.size());
  chunk.stream = formats::encode_poses(frames);
  const std::vector<PoseChunk> chunks{std::move(chunk)};
  const auto replayed = replay_poses({plan.level, true, chunks}, exercise);
  if (!replayed) return replayed.error();
  PracticeStart start = practice_start(plan, now, engine, exercise);
  const RepetitionCounts& counted = replayed.value().analysis.counts;
  if (plan.repetitions <= 0) start.goal_repetitions = std::max(counted.left, counted.right);
  Comfort comfort;
  comfort.before = plan.comfort_before;
  return records.add_practice(start, {EndReason::person, replayed.value().duration}, comfort,
                              to_saved(replayed.value().analysis.repetitions),
                              to_result(replayed.value(), start.scoring, exercise), chunks);
}

}  // namespace matside::records
