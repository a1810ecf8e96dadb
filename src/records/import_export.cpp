#include "records/import_export.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string_view>

#include "formats/analysis_json.h"
#include "formats/base64.h"
#include "formats/json_number.h"
#include "formats/pose_codec.h"
#include "formats/strict_json/node.h"
#include "formats/xz.h"
#include "records/import_document.h"
#include "records/limits.h"
#include "records/same_recording.h"

namespace matside::records {
namespace {

using formats::or_null;
using json = nlohmann::ordered_json;

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
  json peaks = json::array();
  for (const Peak& peak : r.peaks) {
    peaks.push_back(
        {{"time_s", peak.time.value()}, {"value", or_null(peak.value)}, {"unit", peak.unit}});
    if (peak.leg) peaks.back()["leg"] = pose::name(*peak.leg);
  }
  json faults = json::array();
  for (const Fault& fault : r.faults) {
    faults.push_back({{"id", fault.id},
                      {"value", fault.value},
                      {"threshold", fault.threshold},
                      {"unit", fault.unit}});
  }
  json out = {{"side", name(r.side)},
              {"corrected_side", r.corrected ? json(name(*r.corrected)) : json(nullptr)},
              {"status", name(r.status)},
              {"start_s", r.start.value()},
              {"end_s", r.end.value()},
              {"knee_flexion_deg", value_or_null(r.knee_flexion)},
              {"lowering_s", value_or_null(r.lowering)},
              {"transit_70_20_s", value_or_null(r.transit_70_20)},
              {"hip_rise_thigh_lengths", or_null(r.hip_rise_thigh_lengths)},
              {"thigh_lift_deg", value_or_null(r.thigh_lift)},
              {"peaks", std::move(peaks)},
              {"faults", std::move(faults)}};
  for (const Reading& reading : r.readings) {
    out["readings"].push_back(
        {{"id", reading.id}, {"value", reading.value}, {"unit", reading.unit}});
  }
  return out;
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
                      {"full_peak_deg", value_or_null(each.full_peak)},
                      {"frames", each.frames},
                      {"stream", formats::base64(each.stream)}});
  }
  json counts = {{"left", p.counts.left},
                 {"right", p.counts.right},
                 {"unsure", p.counts.unsure},
                 {"peaks", p.counts.kicks},
                 {"clean", p.counts.clean}};
  if (p.counts.both > 0) counts["both"] = p.counts.both;
  const json corrected = p.corrected
                             ? json{{"left", p.corrected->left}, {"right", p.corrected->right}}
                             : json(nullptr);
  return json{{"start_unix_s", p.start.unix_s},
              {"utc_offset_min", p.utc_offset_min},
              {"origin", name(p.origin)},
              {"exercise", p.exercise},
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

/// Whether a practice is among those that a person has.
base::Result<bool> is_saved(Repository& records, const ParsedPractice& in,
                            const std::vector<Practice>& existing) {
  for (const Practice& p : existing) {
    if (p.exercise != in.start.exercise) continue;
    if (!in.known_by_start) {
      if (!is_recorded(p.origin)) continue;
      if (p.counts.kicks == in.result.counts.kicks) {
        const auto analysis = records.analysis(p.id);
        if (!analysis) return analysis.error();
        if (analysis.value() == in.result.analysis) return true;
      }
      const auto same = is_same_recording(
          records, p, {in.start.level, in.end.duration, in.repetitions, in.sha256});
      if (!same || same.value()) return same;
      continue;
    }
    if (p.origin != in.start.origin) continue;
    // Recordings may be dated by their day alone, so several have the same start.
    if (p.start == in.start.start &&
        (!is_recorded(p.origin) || p.duration == in.end.duration)) {
      return true;
    }
  }
  return false;
}

base::Result<void> save_practice(Repository& records, Id person, ParsedPractice& in) {
  in.start.person = person;
  in.start.comfort_before = in.comfort.before;
  const auto id =
      records.add_practice(in.start, in.end, in.comfort, in.repetitions, in.result, in.poses);
  if (!id) return id.error();
  return in.corrected ? records.correct(id.value(), in.corrected) : base::Result<void>();
}

base::Result<void> save_settings(Repository& records, Id id, const ParsedSettings& in) {
  auto person = records.person(id);
  if (!person) return person.error();
  Person& p = person.value();
  p.settings = in.settings;
  p.teacher_levels = in.teacher_levels;
  if (in.safety_read_at) p.safety_read_at = in.safety_read_at;
  if (in.cleared_since) p.cleared_since = in.cleared_since;
  return records.update_person(p);
}

base::Result<ImportedDocument> save(Repository& records, Id person, ParsedImport& all) {
  const auto existing = records.practices(person);
  if (!existing) return existing.error();
  std::vector<Practice> known = existing.value();
  ImportedDocument done;
  for (ParsedPractice& each : all.practices) {
    const auto there = is_saved(records, each, known);
    if (!there) return there.error();
    if (there.value()) {
      ++done.known;
      continue;
    }
    if (const auto saved = save_practice(records, person, each); !saved) return saved.error();
    known.emplace_back().start = each.start.start;
    known.back().origin = each.start.origin;
    known.back().exercise = each.start.exercise;
    known.back().duration = each.end.duration;
    ++done.saved;
  }
  if (all.settings && existing.value().empty()) {
    if (auto set = save_settings(records, person, *all.settings); !set) return set.error();
  }
  return done;
}

/// The practice with these poses, or of their recording, if it was saved before.
base::Result<std::optional<Id>> practice_of_recording(Repository& records,
                                                      const PracticeStart& start,
                                                      const RecordingFacts& recording,
                                                      const std::string& stream) {
  const auto practices = records.practices(start.person);
  if (!practices) return practices.error();
  for (const Practice& p : practices.value()) {
    if (p.exercise != start.exercise || !is_recorded(p.origin) || p.level != start.level) {
      continue;
    }
    // A rescored practice may have other counts, but not another length.
    if (p.duration == recording.duration) {
      const auto poses = records.poses(p.id);
      if (!poses) return poses.error();
      if (poses.value().size() == 1 && poses.value().front().stream == stream) {
        return std::optional(p.id);
      }
    }
    const auto same = is_same_recording(records, p, recording);
    if (!same) return same.error();
    if (same.value()) return std::optional(p.id);
  }
  return std::optional<Id>();
}

}  // namespace

base::Result<std::string> export_json(Repository& records, Id id) {
  const auto person = records.person(id);
  if (!person) return person.error();
  const auto practices = records.practices(id);
  if (!practices) return practices.error();
  const Person& p = person.value();
  json teacher_levels = json::array();
  for (const auto& [exercise, level] : p.teacher_levels) {
    teacher_levels.push_back({{"exercise", exercise}, {"level", level}});
  }
  json all = json::array();
  for (const Practice& each : practices.value()) {
    auto one = practice_export_json(records, each);
    if (!one) return one.error();
    all.push_back(std::move(one).value());
  }
  const json document = {{"schema", kExportSchema},
                         {"person",
                          {{"name", p.name},
                           {"since_unix_s", p.since.unix_s},
                           {"settings", p.settings},
                           {"teacher_levels", std::move(teacher_levels)},
                           {"informed_unix_s", instant_or_null(p.safety_read_at)},
                           {"asked_since_unix_s", instant_or_null(p.cleared_since)}}},
                         {"practices", std::move(all)}};
  return document.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

base::Result<ImportedDocument> import_json(Repository& records, Id person,
                                           std::string_view text, const std::string& name,
                                           const ImportDate& date, const Exercises& exercises) {
  auto parsed = parse_import(text, name, date, exercises);
  if (!parsed) return parsed.error();
  ImportedDocument imported;
  const auto saved = records.atomically([&]() -> base::Result<void> {
    const auto count = save(records, person, parsed.value());
    if (!count) return count.error();
    imported = count.value();
    return {};
  });
  if (!saved) return saved.error();
  return imported;
}

base::Result<ImportedPoses> import_poses(Repository& records, const PracticeDraft::Plan& plan,
                                         const std::vector<pose::PoseFrame>& frames,
                                         const LocalTime& now, const EngineInfo& engine,
                                         const exercise::Definition& exercise) {
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
  if (plan.repetitions <= 0)
    start.goal_repetitions = std::max(counted.left, counted.right) + counted.both;
  Comfort comfort;
  comfort.before = plan.comfort_before;
  ImportedPoses imported;
  const std::vector<SavedRepetition> repetitions =
      to_saved(replayed.value().analysis.repetitions);
  const auto saved = records.atomically([&]() -> base::Result<void> {
    if (!plan.save_again) {
      const auto known = practice_of_recording(
          records, start, {plan.level, replayed.value().duration, repetitions, {}},
          chunks.front().stream);
      if (!known) return known.error();
      if (known.value()) {
        imported = {*known.value(), true};
        return {};
      }
    }
    const auto added = records.add_practice(
        start, {EndReason::person, replayed.value().duration}, comfort, repetitions,
        to_result(replayed.value(), start.scoring, exercise), chunks);
    if (!added) return added.error();
    imported.practice = added.value();
    return {};
  });
  if (!saved) return saved.error();
  return imported;
}

}  // namespace matside::records
