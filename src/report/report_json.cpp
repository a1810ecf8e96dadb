#include "report/report_json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "formats/base64.h"
#include "formats/json_number.h"
#include "report/thresholds.h"

namespace matside::report {
namespace {

using json = nlohmann::ordered_json;

using formats::or_null;

double thousandths(double value) { return formats::rounded(value, 0.001); }
double tenths(double value) { return formats::rounded(value, 0.1); }

json text_or_null(const std::string& text) { return text.empty() ? json(nullptr) : json(text); }

json summary_json(const Summary& summary) {
  json rows = json::array();
  for (const Summary::Row& row : summary.rows) {
    rows.push_back({{"label", row.label}, {"value", row.value}});
  }
  return {{"rows", std::move(rows)},
          {"praise", summary.praise},
          {"advice", summary.advice},
          {"notes", summary.notes}};
}

json recorded_practice_json(const std::optional<RecordedPractice>& recorded) {
  if (!recorded) return nullptr;
  json sides = json::array();
  for (const RecordedPractice::Side& each : recorded->corrected_sides) {
    sides.push_back({{"repetition", each.repetition}, {"side", name(each.side)}});
  }
  json counts = nullptr;
  if (recorded->corrected) {
    counts = {{"left", recorded->corrected->left}, {"right", recorded->corrected->right}};
  }
  return {{"person", recorded->person},
          {"start", recorded->start},
          {"origin", recorded->origin},
          {"ended_by", recorded->ended_by},
          {"wished", recorded->goal_repetitions},
          {"comfort_before", or_null(recorded->comfort_before)},
          {"comfort_after", or_null(recorded->comfort_after)},
          {"leg_symptoms", recorded->leg_symptoms},
          {"next_day", recorded->next_day},
          {"judged_by", text_or_null(recorded->judged_by)},
          {"full_kick_deg",
           recorded->full_kick_deg ? json(tenths(*recorded->full_kick_deg)) : json()},
          {"corrected", std::move(counts)},
          {"corrected_sides", std::move(sides)}};
}

json curve_json(const std::optional<engine::KneeCurve>& curve) {
  if (!curve) return nullptr;
  json times = json::array();
  for (const base::Seconds time : curve->times) times.push_back(thousandths(time.value()));
  const auto leg = [&](pose::Side side) {
    json values = json::array();
    for (const auto& value : curve->bend_deg[pose::index(side)]) {
      values.push_back(value ? json(tenths(*value)) : json(nullptr));
    }
    return values;
  };
  return {{"times_s", std::move(times)},
          {"left_deg", leg(pose::Side::left)},
          {"right_deg", leg(pose::Side::right)}};
}

json camera_json(const std::optional<CameraQuality>& camera) {
  if (!camera) return nullptr;
  json aspects = json::array();
  for (const Aspect& aspect : camera->aspects) {
    aspects.push_back({{"id", name(aspect.id)},
                       {"grade", name(aspect.grade)},
                       {"value", aspect.value ? json(thousandths(*aspect.value)) : json()}});
  }
  return {{"grade", name(camera->grade)}, {"aspects", std::move(aspects)}};
}

json shown_json(const SnapshotPicture& shown) {
  json points = json::array();
  for (const Point& point : shown.points) {
    points.push_back({std::round(point.x_px), std::round(point.y_px), tenths(point.score)});
  }
  return {{"repetition", shown.snapshot.repetition},
          {"shows", name(shown.snapshot.kind)},
          {"kick", shown.snapshot.kick > 0 ? json(shown.snapshot.kick) : json(nullptr)},
          {"time_s", thousandths(shown.time.value())},
          {"points", std::move(points)},
          {"jpeg", shown.jpeg.empty() ? json(nullptr) : json(formats::base64(shown.jpeg))}};
}

json strips_json(const Report& report) {
  if (!report.crop) return nullptr;
  constexpr std::array<std::string_view, 4> kNames{"shown", "blurred", "left_out", "none"};
  json joints = json::array();
  for (const pose::Landmark joint : kDrawnLandmarks) joints.push_back(pose::name(joint));
  json shown = json::array();
  for (const SnapshotPicture& each : report.shown) shown.push_back(shown_json(each));
  return {{"pictures", kNames.at(static_cast<std::size_t>(report.pictures))},
          {"width_px", report.crop->picture.width_px},
          {"height_px", report.crop->picture.height_px},
          {"joints", std::move(joints)},
          {"shown", std::move(shown)}};
}

/// The faults that were found or apply at the level, with name and cue.
json faults_json(const engine::Analysis& analysis, const exercise::Definition& exercise) {
  std::set<std::string> found;
  for (const exercise::Repetition& r : analysis.repetitions) {
    for (const exercise::DetectedFault& fault : r.faults) found.insert(fault.id);
  }
  for (const exercise::SetFault& fault : analysis.set_faults) found.insert(fault.id);
  json faults = json::array();
  for (const exercise::Fault& fault : exercise.faults) {
    if (fault.applies_at(analysis.level)) found.insert(fault.id);
  }
  for (const std::string& id : found) {
    const exercise::FaultText* words = exercise.words_for(id);
    faults.push_back({{"id", id},
                      {"name", words != nullptr ? words->name : id},
                      {"cue", words != nullptr ? words->cue : id}});
  }
  return faults;
}

json thresholds_json(const std::vector<NamedThreshold>& all) {
  json thresholds = json::array();
  for (const NamedThreshold& each : all) {
    thresholds.push_back({{"of", each.of},
                          {"fault", text_or_null(each.fault_id)},
                          {"key", each.key},
                          {"value", each.threshold.value},
                          {"unit", each.threshold.unit},
                          {"source", each.threshold.source},
                          {"status", name(each.threshold.status)}});
  }
  return thresholds;
}

json sources_json(const std::vector<NamedThreshold>& thresholds,
                  const std::vector<catalog::Source>& sources) {
  json named = json::array();
  for (const catalog::Source& source : sources) {
    const bool used = std::ranges::any_of(
        thresholds, [&](const NamedThreshold& t) { return t.threshold.source == source.id; });
    if (!used) continue;
    named.push_back({{"id", source.id},
                     {"name", source.name},
                     {"where", source.where},
                     {"used_for", source.used_for}});
  }
  return named;
}

json exercise_json(const Report& report, const exercise::Definition& exercise) {
  const exercise::Level* level = exercise.level(report.record.analysis.level);
  return {{"id", exercise.id},
          {"name", exercise.name},
          {"version", exercise.version},
          {"level", report.record.analysis.level},
          {"level_name", level != nullptr ? level->name : ""},
          {"level_description", level != nullptr ? level->description : ""},
          {"kicks", level != nullptr ? level->kicks : 0}};
}

json source_json(const Report& report) {
  const formats::AnalysedSource& source = report.record.source;
  return {{"sha256", text_or_null(source.sha256)},
          {"width", source.size.width_px},
          {"height", source.size.height_px},
          {"frames", source.frames},
          {"frame_rate_hz",
           report.frame_rate_hz ? json(thousandths(*report.frame_rate_hz)) : json(nullptr)},
          {"duration_s", thousandths(source.duration.value())}};
}

}  // namespace

std::string report_json(const Report& report, const exercise::Definition& exercise,
                        const std::vector<catalog::Source>& sources) {
  const engine::Analysis& analysis = report.record.analysis;
  // The numbers are those of the result file.
  const json result = json::parse(formats::analysis_json(report.record));
  const auto all = thresholds(exercise, analysis.level);
  const json whole = {{"schema", "matside.report/1"},
                      {"name", report.name},
                      {"made", report.made},
                      {"program", report.program},
                      {"build", report.build},
                      {"kept", recorded_practice_json(report.recorded)},
                      {"exercise", exercise_json(report, exercise)},
                      {"complete", report.record.complete},
                      {"source", source_json(report)},
                      {"pose",
                       {{"model", text_or_null(report.record.pose_model)},
                        {"eye", report.record.eye},
                        {"frames_with_pose", analysis.frames_with_pose},
                        {"frames_by_eye", analysis.frames_by_eye},
                        {"measured_in", result["pose"]["measured_in"]}}},
                      {"summary", summary_json(report.summary)},
                      {"counts", result["counts"]},
                      {"repetitions", result["repetitions"]},
                      {"set_faults", result["set_faults"]},
                      {"set", result["set"]},
                      {"view", result["view"]},
                      {"warnings", result["warnings"]},
                      {"faults", faults_json(analysis, exercise)},
                      {"curve", curve_json(report.curve)},
                      {"strips", strips_json(report)},
                      {"camera", camera_json(report.camera)},
                      {"thresholds", thresholds_json(all)},
                      {"sources", sources_json(all, sources)}};
  std::string text = whole.dump(-1, ' ', false, json::error_handler_t::replace);
  for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at)) {
    text.replace(at, 1, "\\u003c");
  }
  return text;
}

}  // namespace matside::report
