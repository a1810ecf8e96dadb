#include "formats/knee_measurement.h"

#include <algorithm>
#include <utility>

#include "formats/analysis_json.h"
#include "formats/delimited_text.h"
#include "formats/knee_tables.h"
#include "formats/strict_json/node.h"

namespace matside::formats {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using base::Seconds;
using exercise::KickingSide;

constexpr double kLastInstant_s = 3.6e7;
constexpr double kLargestBend_deg = 360.0;

enum class KneeFile { other, result, motion, angles, repetitions };

KneeFile kind_of(std::string_view beginning) {
  if (beginning.find(kQuotedResultSchema) != std::string_view::npos) return KneeFile::result;
  if (is_motion(beginning)) return KneeFile::motion;
  KneeFile kind = KneeFile::other;
  bool header = true;
  (void)read_rows(beginning.substr(0, beginning.find('\n')), delimiter_of(beginning), "header",
                  [&](const TableRow& row) -> Result<void> {
                    if (header && is_repetition_header(row)) kind = KneeFile::repetitions;
                    if (header && is_angle_header(row)) kind = KneeFile::angles;
                    header = false;
                    return {};
                  });
  return kind;
}

ListedRepetition repetition_in(const strict_json::Node& node) {
  static constexpr std::array<std::string_view, 3> kSideNames{"left", "right", "unsure"};
  ListedRepetition repetition;
  const std::string side = node["side"].one_of(kSideNames);
  if (side == "left") repetition.side = KickingSide::left;
  if (side == "right") repetition.side = KickingSide::right;
  repetition.start = Seconds(node["start_s"].number_within(0.0, kLastInstant_s));
  repetition.end =
      Seconds(node["end_s"].number_within(repetition.start.value(), kLastInstant_s));
  const strict_json::Node bend = node["measures"]["greatest_bend_deg"];
  if (!bend.is_null()) {
    repetition.greatest_bend_deg =
        bend["value"].number_within(-kLargestBend_deg, kLargestBend_deg);
  }
  return repetition;
}

Result<std::vector<KneeMeasurement>> read_result_repetitions(std::string_view text,
                                                             const std::string& name) {
  strict_json::FirstError problem(name);
  const nlohmann::json document = strict_json::parse_strictly(text, problem);
  const strict_json::Node root(document, problem);
  KneeMeasurement practice;
  practice.repetitions.emplace();
  const auto repetitions = root["repetitions"].elements_or_empty();
  if (repetitions.size() > kMaxListedRepetitions) root.report("has too many repetitions");
  for (const strict_json::Node& each : repetitions) {
    practice.repetitions->push_back(repetition_in(each));
  }
  if (problem.first()) return Error{ErrorKind::input, *problem.first()};
  std::ranges::stable_sort(*practice.repetitions, {}, &ListedRepetition::start);
  return std::vector{std::move(practice)};
}

Result<std::vector<KneeMeasurement>> in_order(Result<PracticesByName> practices) {
  if (!practices) return practices.error();
  std::vector<KneeMeasurement> all;
  for (auto& [name, practice] : practices.value()) {
    if (practice.repetitions) {
      std::ranges::stable_sort(*practice.repetitions, {}, &ListedRepetition::start);
    }
    all.push_back(std::move(practice));
  }
  return all;
}

}  // namespace

bool is_knee_measurement(std::string_view beginning) {
  return kind_of(beginning) != KneeFile::other;
}

base::Result<std::vector<KneeMeasurement>> read_knee_measurements(std::string_view text,
                                                                  const std::string& name) {
  switch (kind_of(text)) {
    case KneeFile::result:
      return read_result_repetitions(text, name);
    case KneeFile::motion: {
      auto practice = read_motion(text, name);
      if (!practice) return practice.error();
      return std::vector{std::move(practice).value()};
    }
    case KneeFile::angles:
      return in_order(read_angle_table(text, name));
    case KneeFile::repetitions:
      return in_order(read_repetition_table(text, name));
    case KneeFile::other:
      break;
  }
  return Error{ErrorKind::input,
               name +
                   ": has no knee angles; a table needs the columns time_s, side and "
                   "knee_flexion_deg"};
}

}  // namespace matside::formats
