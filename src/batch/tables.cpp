#include "batch/tables.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <span>

#include "core/base/printable_text.h"
#include "formats/analysis_json.h"
#include "formats/delimited_text.h"
#include "formats/strict_json/node.h"

namespace matside::batch {
namespace {

using base::Result;
using nlohmann::json;

/// The measures of a repetition, as the result file names them.
constexpr std::array<std::string_view, 11> kMeasures{
    "greatest_bend_deg", "rise_s",           "beat_interval_s",
    "lowering_s",        "transit_70_20_s",  "lowering_smoothness",
    "hips_still_share",  "hip_moves_at_deg", "chest_fall_deg",
    "chest_incline_deg", "duration_s"};

/// A column that is copied from a place in the result file.
struct CopiedColumn {
  std::string_view name;
  ColumnType type;
  std::string_view pointer;  ///< JSON pointer.
};

constexpr std::array kOfPractice{
    CopiedColumn{"sha256", ColumnType::text, "/source/sha256"},
    CopiedColumn{"complete", ColumnType::integer, "/complete"},
    CopiedColumn{"recorded_s", ColumnType::real, "/source/duration_s"},
    CopiedColumn{"frames", ColumnType::integer, "/source/frames"},
    CopiedColumn{"frames_with_pose", ColumnType::integer, "/pose/frames_with_pose"},
    CopiedColumn{"width_px", ColumnType::integer, "/source/width"},
    CopiedColumn{"height_px", ColumnType::integer, "/source/height"},
    CopiedColumn{"pose_model", ColumnType::text, "/pose/model"},
    CopiedColumn{"eye", ColumnType::integer, "/pose/eye"},
    CopiedColumn{"exercise", ColumnType::text, "/exercise/id"},
    CopiedColumn{"near_side", ColumnType::text, "/view/near_side"},
    CopiedColumn{"camera_yaw_deg", ColumnType::real, "/view/camera_yaw_deg"},
    CopiedColumn{"camera_pitch_deg", ColumnType::real, "/view/camera_pitch_deg"},
    CopiedColumn{"left", ColumnType::integer, "/counts/left"},
    CopiedColumn{"right", ColumnType::integer, "/counts/right"},
    CopiedColumn{"unsure", ColumnType::integer, "/counts/unsure"},
    CopiedColumn{"kicks", ColumnType::integer, "/counts/kicks"},
    CopiedColumn{"clean", ColumnType::integer, "/counts/clean"},
    CopiedColumn{"left_greatest_bend_deg", ColumnType::real,
                 "/set/left/greatest_bend_deg/value"},
    CopiedColumn{"left_greatest_bend_deg_sd", ColumnType::real,
                 "/set/left/greatest_bend_deg/sd"},
    CopiedColumn{"right_greatest_bend_deg", ColumnType::real,
                 "/set/right/greatest_bend_deg/value"},
    CopiedColumn{"right_greatest_bend_deg_sd", ColumnType::real,
                 "/set/right/greatest_bend_deg/sd"},
    CopiedColumn{"greatest_bend_median_deg", ColumnType::real,
                 "/set/greatest_bend_median_deg/value"},
    CopiedColumn{"rhythm_variation", ColumnType::real, "/set/rhythm_variation/value"},
    CopiedColumn{"bend_left_less_right_deg", ColumnType::real,
                 "/set/bend_symmetry/left_less_right/value"},
    CopiedColumn{"elbows_forward", ColumnType::integer, "/elbows_forward"}};

// After the measures, because new columns are only added at the end.
constexpr std::array kLastOfPractice{
    CopiedColumn{"measured_in", ColumnType::text, "/pose/measured_in"},
    CopiedColumn{"both", ColumnType::integer, "/counts/both"}};

constexpr std::array kOfRepetition{
    CopiedColumn{"repetition", ColumnType::integer, "/index"},
    CopiedColumn{"side", ColumnType::text, "/side"},
    CopiedColumn{"side_confidence", ColumnType::real, "/side_confidence"},
    CopiedColumn{"status", ColumnType::text, "/status"},
    CopiedColumn{"confidence", ColumnType::real, "/confidence"},
    CopiedColumn{"start_s", ColumnType::real, "/start_s"},
    CopiedColumn{"lowering_start_s", ColumnType::real, "/lowering_start_s"},
    CopiedColumn{"end_s", ColumnType::real, "/end_s"},
    CopiedColumn{"hip_rise_thigh_lengths", ColumnType::real, "/hip_rise_thigh_lengths"},
    CopiedColumn{"thigh_lift_deg", ColumnType::real, "/thigh_lift_deg"}};

void add_copied(std::span<const CopiedColumn> columns, Table& table) {
  for (const CopiedColumn& each : columns) {
    table.columns.push_back({std::string(each.name), each.type});
  }
}

void add_measures(Table& table) {
  for (const std::string_view measure : kMeasures) {
    table.columns.push_back({std::string(measure), ColumnType::real});
    table.columns.push_back({std::string(measure) + "_sd", ColumnType::real});
  }
}

/// The value at a place of a document; absent where there is none, or one of another type.
Cell cell_at(const json& document, std::string_view pointer, ColumnType type) {
  const json::json_pointer place{std::string(pointer)};
  if (!document.contains(place)) return {};
  const json& value = document.at(place);
  switch (type) {
    case ColumnType::text:
      if (value.is_string()) return value.get<std::string>();
      break;
    case ColumnType::integer:
      if (value.is_boolean()) return std::int64_t{value.get<bool>() ? 1 : 0};
      if (value.is_number_integer()) return value.get<std::int64_t>();
      break;
    case ColumnType::real:
      if (value.is_number()) return value.get<double>();
      break;
  }
  return {};
}

void append_copied(std::span<const CopiedColumn> columns, const json& from, Row& row) {
  for (const CopiedColumn& each : columns) {
    row.push_back(cell_at(from, each.pointer, each.type));
  }
}

void append_measures(const json& measures, Row& row) {
  for (const std::string_view measure : kMeasures) {
    const std::string place = fmt::format("/{}", measure);
    row.push_back(cell_at(measures, place + "/value", ColumnType::real));
    row.push_back(cell_at(measures, place + "/sd", ColumnType::real));
  }
}

Cell text_or_nothing(const std::string& text) { return text.empty() ? Cell() : Cell(text); }

/// The ids of a list of objects, each once, in order, with spaces between them.
std::string ids_of(const json& list) {
  std::string ids;
  for (const json& each : list) {
    const Cell cell = cell_at(each, "/id", ColumnType::text);
    const std::string id =
        std::holds_alternative<std::string>(cell) ? std::get<std::string>(cell) : std::string();
    if (!id.empty() && (" " + ids + " ").find(" " + id + " ") == std::string::npos) {
      ids += (ids.empty() ? "" : " ") + id;
    }
  }
  return ids;
}

void append_faults(const std::string& practice, const json& repetition,
                   std::vector<Row>& rows) {
  for (const json& fault : repetition.at("faults")) {
    rows.push_back({practice, cell_at(repetition, "/index", ColumnType::integer),
                    cell_at(repetition, "/side", ColumnType::text),
                    cell_at(fault, "/id", ColumnType::text),
                    cell_at(repetition, "/end_s", ColumnType::real),
                    cell_at(fault, "/value", ColumnType::real),
                    cell_at(fault, "/threshold", ColumnType::real),
                    cell_at(fault, "/unit", ColumnType::text)});
  }
}

Row practice_row(const AnalysedRecording& recording, const json& analysis) {
  const ListedRecording& listed = recording.listed;
  const Cell own_date = cell_at(analysis, "/source/recorded/time", ColumnType::text);
  const bool given = !listed.date.empty();
  const bool dated = given || std::holds_alternative<std::string>(own_date);
  std::size_t faults = 0;
  for (const json& each : analysis.at("repetitions")) faults += each.at("faults").size();
  Row row{recording.practice,
          base::printable_line(listed.path.string()),
          text_or_nothing(listed.person),
          cell_at(analysis, "/exercise/level", ColumnType::integer),
          given ? Cell(listed.date) : own_date,
          dated ? Cell(given ? "manifest" : "file") : Cell(),
          listed.height_m ? Cell(*listed.height_m) : Cell(),
          text_or_nothing(listed.note),
          static_cast<std::int64_t>(analysis.at("repetitions").size()),
          static_cast<std::int64_t>(faults),
          text_or_nothing(ids_of(analysis.at("set_faults"))),
          text_or_nothing(ids_of(analysis.at("warnings"))),
          text_or_nothing(recording.report)};
  append_copied(kOfPractice, analysis, row);
  append_measures(analysis.at("set").at("mean"), row);
  append_copied(kLastOfPractice, analysis, row);
  return row;
}

/// Peaks of the body, or of one leg where both move; absent in results of older versions.
Cell peaks_of(const json& repetition) {
  if (!repetition.contains("peaks") || !repetition.at("peaks").is_array()) return {};
  std::int64_t of_right = 0;
  const json& peaks = repetition.at("peaks");
  for (const json& peak : peaks) {
    if (peak.is_object() && peak.value("leg", std::string()) == "right") ++of_right;
  }
  const auto all = static_cast<std::int64_t>(peaks.size());
  return std::max(of_right, all - of_right);
}

Row repetition_row(const std::string& practice, const Cell& exercise, const json& repetition) {
  Row row{practice};
  append_copied(kOfRepetition, repetition, row);
  row.emplace_back(static_cast<std::int64_t>(repetition.at("kicks").size()));
  row.emplace_back(static_cast<std::int64_t>(repetition.at("faults").size()));
  append_measures(repetition.at("measures"), row);
  row.push_back(exercise);
  row.push_back(peaks_of(repetition));
  return row;
}

void append_readings(const std::string& practice, const json& repetition,
                     std::vector<Row>& rows) {
  if (!repetition.contains("readings")) return;
  for (const json& reading : repetition.at("readings")) {
    rows.push_back({practice, cell_at(repetition, "/index", ColumnType::integer),
                    cell_at(repetition, "/side", ColumnType::text),
                    cell_at(reading, "/id", ColumnType::text),
                    cell_at(reading, "/value", ColumnType::real),
                    cell_at(reading, "/unit", ColumnType::text)});
  }
}

Result<std::vector<Row>> angle_rows(const AnalysedRecording& recording) {
  constexpr std::array<std::string_view, 2> kSides{"left", "right"};
  const std::string name = "knee angles of " + recording.practice;
  std::vector<Row> rows;
  bool header = true;
  const auto read = formats::read_rows(
      recording.knee_angles, ',', name, [&](const formats::TableRow& row) -> Result<void> {
        if (header) {
          header = false;
          return {};
        }
        const auto time_s = row.number(0, "time");
        if (!time_s) return time_s.error();
        for (std::size_t side = 0; side < kSides.size(); ++side) {
          const auto angle = row.number(side + 1, "angle");
          if (!angle) return angle.error();
          if (!time_s.value() || !angle.value()) continue;
          rows.push_back(
              {recording.practice, *time_s.value(), std::string(kSides[side]), *angle.value()});
        }
        return {};
      });
  if (!read) return read.error();
  return rows;
}

/// Whether the document has what rows_of() takes for granted.
bool is_result(const json& analysis) {
  if (cell_at(analysis, "/schema", ColumnType::text) !=
      Cell(std::string(formats::kResultSchema))) {
    return false;
  }
  for (const char* list : {"repetitions", "set_faults", "warnings"}) {
    if (!analysis.contains(list) || !analysis.at(list).is_array()) return false;
    for (const json& each : analysis.at(list)) {
      if (!each.is_object()) return false;
    }
  }
  for (const json& each : analysis.at("repetitions")) {
    for (const char* list : {"faults", "kicks"}) {
      if (!each.contains(list) || !each.at(list).is_array()) return false;
    }
    for (const json& fault : each.at("faults")) {
      if (!fault.is_object()) return false;
    }
    if (each.contains("readings")) {
      if (!each.at("readings").is_array()) return false;
      for (const json& reading : each.at("readings")) {
        if (!reading.is_object()) return false;
      }
    }
    if (!each.contains("measures") || !each.at("measures").is_object()) return false;
  }
  const json::json_pointer mean("/set/mean");
  return analysis.contains(mean) && analysis.at(mean).is_object();
}

}  // namespace

const Table& practices_table() {
  static const Table kTable = [] {
    Table table{"practices",
                {{"practice", ColumnType::text},
                 {"path", ColumnType::text},
                 {"person", ColumnType::text},
                 {"level", ColumnType::integer},
                 {"date", ColumnType::text},
                 {"date_from", ColumnType::text},
                 {"height_m", ColumnType::real},
                 {"note", ColumnType::text},
                 {"repetitions", ColumnType::integer},
                 {"faults", ColumnType::integer},
                 {"set_faults", ColumnType::text},
                 {"warnings", ColumnType::text},
                 {"report", ColumnType::text}}};
    add_copied(kOfPractice, table);
    add_measures(table);
    add_copied(kLastOfPractice, table);
    return table;
  }();
  return kTable;
}

const Table& repetitions_table() {
  static const Table kTable = [] {
    Table table{"repetitions", {{"practice", ColumnType::text}}};
    add_copied(kOfRepetition, table);
    table.columns.push_back({"kicks", ColumnType::integer});
    table.columns.push_back({"faults", ColumnType::integer});
    add_measures(table);
    table.columns.push_back({"exercise", ColumnType::text});
    table.columns.push_back({"peaks", ColumnType::integer});
    return table;
  }();
  return kTable;
}

const Table& faults_table() {
  static const Table kTable{"faults",
                            {{"practice", ColumnType::text},
                             {"repetition", ColumnType::integer},
                             {"side", ColumnType::text},
                             {"fault", ColumnType::text},
                             {"at_s", ColumnType::real},
                             {"value", ColumnType::real},
                             {"threshold", ColumnType::real},
                             {"unit", ColumnType::text}}};
  return kTable;
}

const Table& readings_table() {
  static const Table kTable{"readings",
                            {{"practice", ColumnType::text},
                             {"repetition", ColumnType::integer},
                             {"side", ColumnType::text},
                             {"reading", ColumnType::text},
                             {"value", ColumnType::real},
                             {"unit", ColumnType::text}}};
  return kTable;
}

const Table& knee_angles_table() {
  static const Table kTable{"knee_angles",
                            {{"practice", ColumnType::text},
                             {"time_s", ColumnType::real},
                             {"side", ColumnType::text},
                             {"knee_flexion_deg", ColumnType::real}}};
  return kTable;
}

const Table& failures_table() {
  static const Table kTable{"failures",
                            {{"path", ColumnType::text},
                             {"person", ColumnType::text},
                             {"kind", ColumnType::text},
                             {"reason", ColumnType::text}}};
  return kTable;
}

base::Result<RecordingRows> rows_of(const AnalysedRecording& recording) {
  strict_json::FirstError problem(recording.practice);
  const json analysis = strict_json::parse_strictly(recording.analysis, problem);
  if (problem.first() || !is_result(analysis)) {
    return base::Error{base::ErrorKind::input,
                       problem.first().value_or(recording.practice + ": is no result file")};
  }
  RecordingRows rows;
  rows.practice = practice_row(recording, analysis);
  const Cell exercise = cell_at(analysis, "/exercise/id", ColumnType::text);
  for (const json& repetition : analysis.at("repetitions")) {
    rows.repetitions.push_back(repetition_row(recording.practice, exercise, repetition));
    append_readings(recording.practice, repetition, rows.readings);
    append_faults(recording.practice, repetition, rows.faults);
  }
  for (const json& fault : analysis.at("set_faults")) {
    rows.faults.push_back({recording.practice, Cell(), Cell(),
                           cell_at(fault, "/id", ColumnType::text),
                           cell_at(fault, "/at_s", ColumnType::real), Cell(), Cell(), Cell()});
  }
  auto angles = angle_rows(recording);
  if (!angles) return angles.error();
  rows.knee_angles = std::move(angles).value();
  return rows;
}

Row failure_row(const Failure& failure) {
  return {base::printable_line(failure.path.string()), text_or_nothing(failure.person),
          failure.kind, base::printable_line(failure.reason)};
}

std::string csv_header(const Table& table) {
  std::string line;
  for (const Column& column : table.columns) {
    line += (line.empty() ? "" : ",") + column.name;
  }
  return line + "\n";
}

std::string csv_row(const Row& row) {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) line += ',';
    if (const auto* text = std::get_if<std::string>(&row[i])) line += formats::csv_field(*text);
    if (const auto* whole = std::get_if<std::int64_t>(&row[i])) line += std::to_string(*whole);
    if (const auto* real = std::get_if<double>(&row[i])) line += fmt::format("{}", *real);
  }
  return line + "\n";
}

}  // namespace matside::batch
