#include "records/import_document.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/coaching/counts.h"
#include "formats/analysis_json.h"
#include "formats/base64.h"
#include "formats/json_number.h"
#include "formats/pose_codec.h"
#include "formats/strict_json/node.h"
#include "formats/xz.h"
#include "records/limits.h"

namespace matside::records {
namespace {

using formats::kResultSchema;
using strict_json::Node;
using json = nlohmann::ordered_json;

std::string bytes_of(const Node& node) {
  const auto bytes = formats::from_base64(node.text());
  if (!bytes) node.report("must be base64 text");
  return bytes.value_or("");
}

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
// Of an exercise that is described by channels alone.
constexpr std::array kSidesOfCycle{exercise::KickingSide::left, exercise::KickingSide::right,
                                   exercise::KickingSide::unsure, exercise::KickingSide::both};
constexpr std::array kLegs{pose::Side::left, pose::Side::right};
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
  return {
      static_cast<std::int64_t>(node.number_within(0.0, static_cast<double>(kMaxTime_unix_s)))};
}

std::optional<exercise::Measured> measured(const Node& node) {
  if (node.is_null()) return std::nullopt;
  return exercise::Measured{node["value"].number_within(-kMaxValue, kMaxValue),
                            node["random"].number_within(0.0, kMaxValue),
                            node["systematic"].number_within(0.0, kMaxValue)};
}

/// An export of the first version: of the single-leg kick, whose peaks are called kicks.
bool is_first(std::string_view schema) { return schema == kFirstExportSchema; }

/// The exercise of a practice or a level; none, with an error, if it isn't installed.
const exercise::Definition* exercise_in(const Node& node, std::string_view schema,
                                        const Exercises& exercises) {
  if (!is_first(schema)) return exercises.named(node["exercise"]);
  const auto found = exercises.find(kFirstExercise);
  if (found) return found.value();
  node.report(found.error().message);
  return nullptr;
}

int level(const Node& node, const exercise::Definition* exercise) {
  return node.whole_number(0, exercise != nullptr ? exercise->highest_level() : kMaxLevel);
}

/// @param peaks  the name of their count
RepetitionCounts counts(const Node& node, const char* peaks) {
  RepetitionCounts read{node["left"].whole_number(0, kMaxRepetitions),
                        node["right"].whole_number(0, kMaxRepetitions),
                        node["unsure"].whole_number(0, kMaxRepetitions),
                        node[peaks].whole_number(0, kMaxPeaks),
                        node["clean"].whole_number(0, 3 * kMaxRepetitions)};
  if (const auto both = node.optional("both")) {
    read.both = both->whole_number(0, kMaxRepetitions);
  }
  return read;
}

exercise::KickingSide side(const Node& node, const exercise::Definition* exercise) {
  const bool has_cycle = exercise != nullptr && exercise->cycle;
  return has_cycle ? named(node, kSidesOfCycle) : named(node, kSides);
}

/// The text of a node that is shown as a line, or of a whole document.
std::string text_within(const Node& node, std::size_t most_bytes) {
  std::string text = node.text();
  if (text.size() <= most_bytes) return text;
  node.report("must have at most " + std::to_string(most_bytes) + " bytes");
  return {};
}

/// The elements of an array, or none and an error if there are more than `most`.
/// @param value  what the node reads
std::vector<Node> elements_within(const Node& node, const nlohmann::json& value,
                                  const char* key, std::size_t most) {
  const Node member = node[key];
  if (node.has_error()) return {};
  if (value.at(key).size() <= most) return member.elements_or_empty();
  member.report("must have at most " + std::to_string(most) + " elements");
  return {};
}

/// The part of a repetition that exports and result files share.
SavedRepetition repetition(const Node& node, const nlohmann::json& value, int index,
                           const exercise::Definition* exercise) {
  SavedRepetition r;
  r.index = index;
  r.side = side(node["side"], exercise);
  r.status = named(node["status"], kStatuses);
  r.start = base::Seconds(node["start_s"].number_within(0.0, kMaxDuration_s));
  r.end = base::Seconds(node["end_s"].number_within(r.start.value(), kMaxDuration_s));
  r.lowering = maybe<base::Seconds>(node["lowering_s"], 0.0, kMaxDuration_s);
  r.transit_70_20 = maybe<base::Seconds>(node["transit_70_20_s"], 0.0, kMaxDuration_s);
  r.hip_rise_thigh_lengths =
      maybe_number(node["hip_rise_thigh_lengths"], -kMaxValue, kMaxValue);
  r.thigh_lift =
      maybe<base::Degrees>(node["thigh_lift_deg"], -kMaxFlexion_deg, kMaxFlexion_deg);
  for (const Node& fault : elements_within(node, value, "faults", kMaxFaults)) {
    r.faults.push_back({text_within(fault["id"], kMaxLine_bytes),
                        fault["value"].number_within(-kMaxValue, kMaxValue),
                        fault["threshold"].number_within(-kMaxValue, kMaxValue),
                        text_within(fault["unit"], kMaxLine_bytes)});
  }
  if (node.optional("readings")) {
    for (const Node& reading : elements_within(node, value, "readings", kMaxReadings)) {
      r.readings.push_back({text_within(reading["id"], kMaxLine_bytes),
                            reading["value"].number_within(-kMaxValue, kMaxValue),
                            text_within(reading["unit"], kMaxLine_bytes)});
    }
  }
  return r;
}

std::vector<Peak> peaks(const Node& repetition, const nlohmann::json& value,
                        std::string_view schema) {
  const double start = repetition["start_s"].number();
  const double end = repetition["end_s"].number();
  const auto time = [&](const Node& node) {
    return base::Seconds(node.number_within(start, end));
  };
  std::vector<Peak> all;
  if (is_first(schema)) {
    for (const Node& each : elements_within(repetition, value, "kick_times_s", kMaxPeaks)) {
      all.push_back({time(each), std::nullopt, "deg", {}});
    }
    return all;
  }
  for (const Node& each : elements_within(repetition, value, "peaks", kMaxPeaks)) {
    all.push_back({time(each["time_s"]),
                   maybe_number(each["value"], -kMaxValue, kMaxValue),
                   text_within(each["unit"], kMaxLine_bytes),
                   {}});
    if (const auto leg = each.optional("leg"); leg && !leg->is_null()) {
      all.back().leg = named(*leg, kLegs);
    }
  }
  return all;
}

PoseChunk poses(const Node& node, std::string_view schema) {
  PoseChunk chunk;
  chunk.session = node["session"].whole_number(1, kMaxRepetitions);
  chunk.full_peak = maybe<base::Degrees>(
      node[is_first(schema) ? "full_kick_deg" : "full_peak_deg"], 0.0, kMaxFlexion_deg);
  chunk.stream = bytes_of(node["stream"]);
  const auto frames = formats::decode_poses(chunk.stream, "stream");
  if (!frames) {
    node["stream"].report(frames.error().message);
  } else {
    chunk.frames = static_cast<std::int64_t>(frames.value().size());
  }
  return chunk;
}

ParsedPractice practice(const Node& node, const nlohmann::json& value, std::string_view schema,
                        const Exercises& exercises) {
  ParsedPractice in;
  PracticeStart& b = in.start;
  b.start = instant(node["start_unix_s"]);
  b.utc_offset_min = node["utc_offset_min"].whole_number(-kMaxOffset_min, kMaxOffset_min);
  b.origin = named(node["origin"], kOrigins);
  const exercise::Definition* exercise = exercise_in(node, schema, exercises);
  if (exercise != nullptr) b.exercise = exercise->id;
  b.level = level(node["level"], exercise);
  b.goal_repetitions = node["wished"].whole_number(0, kMaxRepetitions);
  b.scoring = {text_within(node["engine"], kMaxLine_bytes),
               text_within(node["settings"], kMaxSettings_bytes),
               instant(node["judged_unix_s"])};
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
  in.result.counts = counts(node["counts"], is_first(schema) ? "kicks" : "peaks");
  in.result.means = {measured(node["knee_flexion_deg"]), measured(node["lowering_s"]),
                     measured(node["hips_still_share"]),
                     maybe_number(node["lengthening_s"], 0.0, 2.0 * kMaxDuration_s)};
  for (const Node& each : elements_within(node, value, "repetitions", kMaxRepetitions)) {
    const std::size_t i = in.repetitions.size();
    const nlohmann::json& one = value["repetitions"][i];
    SavedRepetition r = repetition(each, one, static_cast<int>(i) + 1, exercise);
    r.knee_flexion = maybe<base::Degrees>(each["knee_flexion_deg"], 0.0, kMaxFlexion_deg);
    if (const Node corrected = each["corrected_side"]; !corrected.is_null()) {
      r.corrected = named(corrected, kSides);
    }
    r.peaks = peaks(each, one, schema);
    in.repetitions.push_back(std::move(r));
  }
  if (const Node analysis = node["analysis"]; !analysis.is_null()) {
    if (analysis["schema"].text() != kResultSchema) analysis.report("must be a Matside result");
    in.result.analysis = formats::xz_compressed(value.at("analysis").dump());
  }
  for (const Node& each : elements_within(node, value, "poses", kMaxChunks)) {
    in.poses.push_back(poses(each, schema));
  }
  return in;
}

/// When a result's practice was recorded, if the file says so; older files don't.
std::optional<LocalTime> recording_time(const Node& result, const LocalTime& now) {
  const auto source = result.optional("source");
  const auto recorded = source ? source->optional("recorded") : std::nullopt;
  if (!recorded || (*recorded)["time"].is_null()) return std::nullopt;
  const Node node = (*recorded)["time"];
  const auto read = base::parse_calendar_time(node.text());
  if (!read || !read->has_time_of_day || !read->utc_offset_min) {
    node.report("must be a date and time with its offset from UTC");
    return std::nullopt;
  }
  const base::ZonedTime time{read->wall_s - *read->utc_offset_min * kSecondsAMinute,
                             read->utc_offset_min};
  if (!base::plausible_recording_time(time)) node.report("must be from 1995 to 2199");
  if (time.unix_s > now.instant.unix_s) return std::nullopt;
  // A file without a time zone says when, but not where.
  return LocalTime{{time.unix_s},
                   *time.utc_offset_min == 0 ? now.utc_offset_min : *time.utc_offset_min};
}

ParsedPractice result(const Node& node, const nlohmann::json& value, const ImportDate& date,
                      const Exercises& exercises) {
  ParsedPractice in;
  const LocalTime recorded = recording_time(node, date.now).value_or(date.now);
  const LocalTime start = date.given.value_or(recorded);
  in.known_by_start = false;
  in.start.start = start.instant;
  in.start.utc_offset_min = start.utc_offset_min;
  const auto source = node.optional("source");
  const auto sha256 = source ? source->optional("sha256") : std::nullopt;
  if (sha256 && !sha256->is_null()) in.sha256 = text_within(*sha256, kMaxLine_bytes);
  in.start.origin = Origin::imported;
  const exercise::Definition* exercise = exercises.named(node["exercise"]["id"]);
  if (exercise != nullptr) in.start.exercise = exercise->id;
  in.start.level = level(node["exercise"]["level"], exercise);
  const json settings = {{"pose_model", text_within(node["pose"]["model"], kMaxLine_bytes)},
                         {"eye", node["pose"]["eye"].boolean()}};
  in.start.scoring = {"unknown", settings.dump(), date.now.instant};
  in.end.duration =
      base::Seconds(node["source"]["duration_s"].number_within(0.0, kMaxDuration_s));
  for (const Node& each : elements_within(node, value, "repetitions", kMaxRepetitions)) {
    const std::size_t i = in.repetitions.size();
    const nlohmann::json& one = value["repetitions"][i];
    SavedRepetition r = repetition(each, one, static_cast<int>(i) + 1, exercise);
    // Results of earlier versions have no peaks, and those of other exercises no kicks.
    const bool has_kicks = in.start.exercise == kFirstExercise;
    const char* const name = has_kicks ? "kicks" : "peaks";
    const std::vector<Node> all = elements_within(each, one, name, kMaxPeaks);
    if (all.empty()) each[name].report("must be an array with at least one element");
    if (!has_kicks) r.peaks = peaks(each, one, kExportSchema);
    for (std::size_t k = 0; has_kicks && k < all.size(); ++k) {
      const base::Seconds time(all[k]["time_s"].number_within(r.start.value(), r.end.value()));
      const base::Degrees bend(all[k]["knee_flexion_deg"].number_within(0.0, kMaxFlexion_deg));
      r.peaks.push_back({time, bend.value(), "deg", {}});
      r.knee_flexion = std::max(r.knee_flexion.value_or(bend), bend);
    }
    in.repetitions.push_back(std::move(r));
  }
  in.result.counts = counts(node["counts"], "kicks");
  const RepetitionCounts& counted = in.result.counts;
  in.start.goal_repetitions = std::max(counted.left, counted.right) + counted.both;
  if (std::cmp_not_equal(coaching::total(counted), in.repetitions.size())) {
    node["counts"].report("must add up to the number of repetitions");
  }
  in.result.analysis = formats::xz_compressed(value.dump());
  return in;
}

void add_teacher_level(const Node& node, const exercise::Definition* exercise,
                       ParsedSettings& in) {
  const int read = level(node, exercise);
  if (exercise != nullptr) in.teacher_levels[exercise->id] = read;
}

ParsedSettings person_settings(const Node& node, std::string_view schema,
                               const Exercises& exercises) {
  ParsedSettings in;
  in.settings = node["settings"].text();
  strict_json::FirstError ignored("settings");
  if (in.settings.size() > kMaxSettings_bytes ||
      !strict_json::parse_strictly(in.settings, ignored).is_object()) {
    node["settings"].report("must be a JSON object of at most " +
                            std::to_string(kMaxSettings_bytes) + " bytes");
  }
  if (!is_first(schema)) {
    for (const Node& each : node["teacher_levels"].elements_or_empty()) {
      add_teacher_level(each["level"], exercise_in(each, schema, exercises), in);
    }
  } else if (const Node given = node["teacher_level"]; !given.is_null()) {
    add_teacher_level(given, exercise_in(given, schema, exercises), in);
  }
  for (const auto& [key, to] : {std::pair{"informed_unix_s", &in.safety_read_at},
                                {"asked_since_unix_s", &in.cleared_since}}) {
    if (const Node read = node[key]; !read.is_null()) *to = instant(read);
  }
  return in;
}

}  // namespace

base::Result<ParsedImport> parse_import(std::string_view text, const std::string& name,
                                        const ImportDate& date, const Exercises& exercises) {
  strict_json::FirstError problem(name);
  const nlohmann::json document = strict_json::parse_strictly(text, problem);
  const Node root(document, problem);
  ParsedImport all;
  constexpr std::array<std::string_view, 3> kSchemas{kExportSchema, kFirstExportSchema,
                                                     kResultSchema};
  const std::string schema = root["schema"].one_of(kSchemas);
  const bool is_export = schema != kResultSchema;
  if (is_export && date.given) {
    return base::Error{base::ErrorKind::usage,
                       name +
                           ": is an export, which has the date of each practice; import it "
                           "without a date"};
  }
  if (is_export && !problem.first()) {
    const std::vector<Node> nodes = elements_within(root, document, "practices", kMaxPractices);
    for (std::size_t i = 0; i < nodes.size() && !problem.first(); ++i) {
      all.practices.push_back(practice(nodes[i], document["practices"][i], schema, exercises));
    }
    all.settings = person_settings(root["person"], schema, exercises);
  } else if (!problem.first()) {
    all.practices.push_back(result(root, document, date, exercises));
  }
  if (problem.first()) return base::Error{base::ErrorKind::input, *problem.first()};
  return all;
}

}  // namespace matside::records
