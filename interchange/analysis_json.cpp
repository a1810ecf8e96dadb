#include "interchange/analysis_json.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

namespace matside::interchange {
namespace {

using json = nlohmann::ordered_json;

double rounded(double value, double step) {
  const double whole = std::round(value / step);
  return whole == 0.0 ? 0.0 : whole / std::round(1.0 / step);  // never "-0.0"
}
json seconds(base::Seconds time) { return rounded(time.value(), 0.001); }
json degrees(base::Degrees angle) { return rounded(angle.value(), 0.1); }
json share(double value) { return rounded(value, 0.01); }
json number(double value) { return rounded(value, 0.001); }

template <class T, class Write>
json or_null(const std::optional<T>& value, Write write) {
  return value ? write(*value) : json(nullptr);
}

std::string_view side_name(exercise::KickingSide side) {
  switch (side) {
    case exercise::KickingSide::left:
      return "left";
    case exercise::KickingSide::right:
      return "right";
    case exercise::KickingSide::unsure:
      break;
  }
  return "unsure";
}

std::string_view status_name(exercise::RepetitionStatus status) {
  switch (status) {
    case exercise::RepetitionStatus::clean:
      return "clean";
    case exercise::RepetitionStatus::faulty:
      return "faulty";
    case exercise::RepetitionStatus::unjudged:
      return "unjudged";
    case exercise::RepetitionStatus::partial:
      break;
  }
  return "partial";
}

json repetition_json(const exercise::Repetition& repetition) {
  json kicks = json::array();
  for (const exercise::Kick& kick : repetition.kicks) {
    kicks.push_back(
        {{"time_s", seconds(kick.time)}, {"knee_flexion_deg", degrees(kick.knee_flexion)}});
  }
  json faults = json::array();
  for (const exercise::FaultFinding& fault : repetition.faults) {
    faults.push_back({{"id", fault.id},
                      {"value", number(fault.value)},
                      {"threshold", number(fault.threshold)},
                      {"unit", fault.unit},
                      {"cue", fault.cue}});
  }
  return {
      {"index", repetition.index},
      {"side", side_name(repetition.side)},
      {"side_confidence", share(repetition.side_confidence)},
      {"start_s", seconds(repetition.start)},
      {"end_s", seconds(repetition.end)},
      {"lowering_start_s", seconds(repetition.lowering_start)},
      {"kicks", std::move(kicks)},
      {"lowering_s", or_null(repetition.lowering, seconds)},
      {"transit_70_20_s", or_null(repetition.transit_70_20, seconds)},
      {"hip_rise_thigh_lengths", or_null(repetition.hip_rise_thigh_lengths, number)},
      {"thigh_lift_deg", repetition.thigh_lift ? degrees(repetition.thigh_lift->lift) : json()},
      {"faults", std::move(faults)},
      {"status", status_name(repetition.status)},
      {"confidence", share(repetition.confidence)}};
}

json source_json(const AnalysedSource& source) {
  return {{"path", source.path},           {"sha256", source.sha256},
          {"width", source.size.width_px}, {"height", source.size.height_px},
          {"frames", source.frames},       {"duration_s", seconds(source.duration)}};
}

json counts_json(const engine::Counts& counts) {
  return {{"left", counts.left},
          {"right", counts.right},
          {"unsure", counts.unsure},
          {"kicks", counts.kicks},
          {"clean", counts.clean}};
}

}  // namespace

std::string analysis_json(const AnalysisRecord& record) {
  const engine::Analysis& analysis = record.analysis;
  const auto side = [](pose::Side s) { return json(pose::name(s)); };
  json repetitions = json::array();
  for (const exercise::Repetition& repetition : analysis.repetitions) {
    repetitions.push_back(repetition_json(repetition));
  }
  json set_faults = json::array();
  for (const exercise::SetFault& fault : analysis.set_faults) {
    set_faults.push_back({{"id", fault.id}, {"at_s", seconds(fault.at)}});
  }
  json warnings = json::array();
  for (const engine::Warning& warning : analysis.warnings) {
    warnings.push_back({{"id", warning.id}, {"message", warning.message}});
  }
  const json whole = {{"schema", "matside.analysis/1"},
                      {"complete", record.complete},
                      {"source", source_json(record.source)},
                      {"pose",
                       {{"model", record.pose_model},
                        {"eye", record.eye},
                        {"frames_with_pose", analysis.frames_with_pose},
                        {"frames_by_eye", analysis.frames_by_eye}}},
                      {"exercise", {{"id", record.exercise_id}, {"level", analysis.level}}},
                      {"view",
                       {{"near_side", or_null(analysis.view.near_side, side)},
                        {"head", or_null(analysis.view.head_direction, side)}}},
                      {"repetitions", std::move(repetitions)},
                      {"set_faults", std::move(set_faults)},
                      {"counts", counts_json(analysis.counts)},
                      {"warnings", std::move(warnings)}};
  return whole.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace matside::interchange
