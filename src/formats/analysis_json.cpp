#include "formats/analysis_json.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "formats/json_number.h"

namespace matside::formats {
namespace {

using json = nlohmann::ordered_json;

json seconds(base::Seconds time) { return rounded(time.value(), 0.001); }
json degrees(base::Degrees angle) { return rounded(angle.value(), 0.1); }
json share(double value) { return rounded(value, 0.01); }
json number(double value) { return rounded(value, 0.001); }

using WriteValue = json (*)(double);
json degree_value(double value) { return rounded(value, 0.1); }

json measured_json(const std::optional<exercise::Measured>& measured, WriteValue write) {
  if (!measured) return nullptr;
  return {{"value", write(measured->value)}, {"sd", write(measured->deviation())}};
}

json difference_json(const exercise::Difference& difference, WriteValue write) {
  return {{"value", write(difference.value)},
          {"sd", write(difference.deviation)},
          {"distinguishable", difference.distinguishable}};
}

json symmetry_json(const std::optional<exercise::Symmetry>& symmetry, WriteValue write) {
  if (!symmetry) return nullptr;
  return {{"left_less_right", difference_json(symmetry->left_less_right, write)},
          {"index_percent", measured_json(symmetry->index_percent, degree_value)}};
}

json measures_json(const exercise::Measures& m) {
  return {{"greatest_bend_deg", measured_json(m.greatest_bend_deg, degree_value)},
          {"rise_s", measured_json(m.rise_s, number)},
          {"beat_interval_s", measured_json(m.beat_interval_s, number)},
          {"lowering_s", measured_json(m.lowering_s, number)},
          {"transit_70_20_s", measured_json(m.transit_70_20_s, number)},
          {"lowering_smoothness", measured_json(m.lowering_smoothness, number)},
          {"hips_still_share", measured_json(m.hips_still_share, number)},
          {"hip_moves_at_deg", measured_json(m.hip_moves_at_deg, degree_value)},
          {"chest_fall_deg", measured_json(m.chest_fall_deg, degree_value)},
          {"chest_incline_deg", measured_json(m.chest_incline_deg, degree_value)},
          {"duration_s", measured_json(m.duration_s, number)}};
}

json set_json(const exercise::SetMeasures& set) {
  const auto change = [](const std::optional<exercise::Difference>& difference,
                         WriteValue write) {
    return or_null(difference, [&](const auto& d) { return difference_json(d, write); });
  };
  return {
      {"mean", measures_json(set.mean)},
      {"left", measures_json(set.left)},
      {"right", measures_json(set.right)},
      {"greatest_bend_median_deg", measured_json(set.greatest_bend_median_deg, degree_value)},
      {"greatest_bend_best_deg", measured_json(set.greatest_bend_best_deg, degree_value)},
      {"rhythm_variation", measured_json(set.rhythm_variation, number)},
      {"rhythm_variation_left", measured_json(set.rhythm_variation_left, number)},
      {"rhythm_variation_right", measured_json(set.rhythm_variation_right, number)},
      {"beat_variation", measured_json(set.beat_variation, number)},
      {"bend_symmetry", symmetry_json(set.bend_symmetry, degree_value)},
      {"transit_symmetry", symmetry_json(set.transit_symmetry, number)},
      {"bend_change_deg", change(set.bend_change_deg, degree_value)},
      {"transit_change_s", change(set.transit_change_s, number)},
      {"chest_change_deg", change(set.chest_change_deg, degree_value)}};
}

json readings_json(const std::vector<exercise::NamedReading>& readings) {
  json out = json::array();
  for (const exercise::NamedReading& reading : readings) {
    out.push_back(
        {{"id", reading.id}, {"value", number(reading.value)}, {"unit", reading.unit}});
  }
  return out;
}

json repetition_json(const exercise::Repetition& repetition) {
  json kicks = json::array();
  for (const exercise::Kick& kick : repetition.kicks) {
    kicks.push_back(
        {{"time_s", seconds(kick.time)}, {"knee_flexion_deg", degrees(kick.knee_flexion)}});
  }
  json peaks = json::array();
  for (const exercise::Kick& kick : repetition.kicks) {
    peaks.push_back({{"time_s", seconds(kick.time)},
                     {"value", degrees(kick.knee_flexion)},
                     {"unit", "deg"}});
  }
  for (const exercise::Peak& peak : repetition.peaks) {
    peaks.push_back(
        {{"time_s", seconds(peak.time)}, {"value", number(peak.value)}, {"unit", peak.unit}});
    if (peak.leg) peaks.back()["leg"] = pose::name(*peak.leg);
  }
  json faults = json::array();
  for (const exercise::DetectedFault& fault : repetition.faults) {
    faults.push_back({{"id", fault.id},
                      {"value", number(fault.value)},
                      {"threshold", number(fault.threshold)},
                      {"unit", fault.unit},
                      {"cue", fault.cue}});
  }
  json out = {
      {"index", repetition.index},
      {"side", name(repetition.side)},
      {"side_confidence", share(repetition.side_confidence)},
      {"start_s", seconds(repetition.start)},
      {"end_s", seconds(repetition.end)},
      {"lowering_start_s", seconds(repetition.lowering_start)},
      {"kicks", std::move(kicks)},
      {"peaks", std::move(peaks)},
      {"lowering_s", or_null(repetition.lowering, seconds)},
      {"transit_70_20_s", or_null(repetition.transit_70_20, seconds)},
      {"hip_rise_thigh_lengths", or_null(repetition.hip_rise_thigh_lengths, number)},
      {"thigh_lift_deg", repetition.thigh_lift ? degrees(repetition.thigh_lift->lift) : json()},
      {"measures", measures_json(repetition.measures)},
      {"faults", std::move(faults)},
      {"status", name(repetition.status)},
      {"confidence", share(repetition.confidence)}};
  if (!repetition.readings.empty()) out["readings"] = readings_json(repetition.readings);
  return out;
}

json date_json(const RecordingDate& date) {
  return {{"time", date.time ? json(base::iso_text(*date.time)) : json()},
          {"from", name(date.from)}};
}

json source_json(const AnalysedSource& source) {
  return {{"path", source.path},
          {"sha256", source.sha256.empty() ? json() : json(source.sha256)},
          {"width", source.size.width_px},
          {"height", source.size.height_px},
          {"frames", source.frames},
          {"duration_s", seconds(source.duration)},
          {"recorded", date_json(source.date)}};
}

json counts_json(const engine::RepetitionCounts& counts) {
  json out = {{"left", counts.left},
              {"right", counts.right},
              {"unsure", counts.unsure},
              {"kicks", counts.kicks},
              {"clean", counts.clean}};
  if (counts.both > 0) out["both"] = counts.both;
  return out;
}

std::string_view measured_in(const engine::Analysis& analysis) {
  return analysis.frames_in_space > 0 ? "space" : "picture";
}

}  // namespace

std::string_view name(DateSource source) {
  switch (source) {
    case DateSource::file:
      return "file";
    case DateSource::given:
      return "given";
    case DateSource::analysis:
      break;
  }
  return "analysis";
}

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
  const json whole = {{"schema", kResultSchema},
                      {"complete", record.complete},
                      {"source", source_json(record.source)},
                      {"pose",
                       {{"model", record.pose_model},
                        {"eye", record.eye},
                        {"frames_with_pose", analysis.frames_with_pose},
                        {"frames_by_eye", analysis.frames_by_eye},
                        {"measured_in", measured_in(analysis)}}},
                      {"exercise", {{"id", record.exercise_id}, {"level", analysis.level}}},
                      {"view",
                       {{"near_side", or_null(analysis.view.near_side, side)},
                        {"head", or_null(analysis.view.head_direction, side)},
                        {"camera_yaw_deg", or_null(analysis.view.camera_yaw, degrees)},
                        {"camera_pitch_deg", or_null(analysis.view.camera_pitch, degrees)}}},
                      {"repetitions", std::move(repetitions)},
                      {"set_faults", std::move(set_faults)},
                      {"set", set_json(analysis.set)},
                      {"elbows_forward", analysis.elbows_forward},
                      {"counts", counts_json(analysis.counts)},
                      {"warnings", std::move(warnings)}};
  return whole.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace matside::formats
