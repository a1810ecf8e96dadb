#include "records/result_document.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "formats/analysis_json.h"
#include "formats/strict_json/node.h"
#include "records/limits.h"

namespace matside::records {
namespace {

using strict_json::Node;

constexpr int kMost = 100'000;
constexpr double kLargest = 1e6;
constexpr std::array<std::string_view, 1> kResultSchemas{formats::kResultSchema};

constexpr std::array<std::string_view, 11> kRepetitionMeasures{
    "greatest_bend_deg", "rise_s",           "beat_interval_s",
    "lowering_s",        "transit_70_20_s",  "lowering_smoothness",
    "hips_still_share",  "hip_moves_at_deg", "chest_fall_deg",
    "chest_incline_deg", "duration_s"};
constexpr std::array<std::string_view, 4> kSetMeasures{
    "greatest_bend_median_deg", "greatest_bend_best_deg", "rhythm_variation", "beat_variation"};

void read_measures(const Node& node, std::span<const std::string_view> names,
                   ResultDocument& result) {
  for (const std::string_view name : names) {
    const Node measured = node[name];
    if (measured.is_null() || measured.has_error()) continue;
    result.measures[std::string(name)] = {measured["value"].number_within(-kLargest, kLargest),
                                          0.0, measured["sd"].number_within(0.0, kLargest)};
  }
}

ResultDocument::RepetitionSummary repetition(const Node& node) {
  ResultDocument::RepetitionSummary r;
  r.side = node["side"].text();
  r.status = node["status"].text();
  // Results of earlier versions have no peaks.
  const auto peaks = node.optional("peaks");
  r.kicks = (peaks ? *peaks : node["kicks"]).elements_or_empty().size();
  for (const Node& fault : node["faults"].elements_or_empty()) {
    r.faults.push_back(fault["id"].text());
  }
  return r;
}

/// The values of one reading, in the repetitions that have it.
struct ReadingValues {
  std::string unit;
  std::vector<double> values;
};

exercise::Measured mean_of(const ReadingValues& reading,
                           const exercise::MeasurementRules& rules) {
  const auto n = static_cast<double>(reading.values.size());
  double sum = 0.0;
  double squares = 0.0;
  for (const double value : reading.values) {
    sum += value;
    squares += value * value;
  }
  const double mean = sum / n;
  const double scatter = std::max(0.0, squares / n - mean * mean) * n / (n - 1.0);
  const bool in_picture = reading.unit == "deg" || reading.unit == "thigh_length";
  const double share = rules.image_angle_deviation.value / rules.image_angle_full.value;
  return {mean, std::sqrt(scatter / n), in_picture ? share * std::abs(mean) : 0.0};
}

void read_readings(const Node& root, const exercise::Definition& exercise,
                   ResultDocument& result) {
  constexpr std::size_t kFewest = 2;
  std::map<std::string, ReadingValues> all;
  for (const Node& repetition : root["repetitions"].elements_or_empty()) {
    const auto readings = repetition.optional("readings");
    if (!readings) continue;
    for (const Node& each : readings->elements_or_empty()) {
      ReadingValues& reading = all[each["id"].text()];
      reading.unit = each["unit"].text();
      reading.values.push_back(each["value"].number_within(-kLargest, kLargest));
    }
  }
  for (const auto& [id, reading] : all) {
    if (reading.values.size() < kFewest) continue;
    result.readings[id] = {mean_of(reading, exercise.measurement), reading.unit};
  }
}

}  // namespace

base::Result<ResultDocument> read_result(std::string_view text, const std::string& name,
                                         const Exercises& exercises) {
  strict_json::FirstError problem(name);
  const nlohmann::json document = strict_json::parse_strictly(text, problem);
  const Node root(document, problem);
  ResultDocument result;
  (void)root["schema"].one_of(kResultSchemas);
  if (!problem.first()) {
    result.source = root["source"]["path"].text();
    result.duration = base::Seconds(root["source"]["duration_s"].number_within(0.0, kLargest));
    const Node exercise = root["exercise"];
    const exercise::Definition* known = exercises.named(exercise["id"]);
    if (known != nullptr) result.exercise = known->id;
    result.level = exercise["level"].whole_number(
        0, known != nullptr ? known->highest_level() : kMaxLevel);
    const Node counts = root["counts"];
    for (const auto& [key, to] : {std::pair{"left", &result.left},
                                  {"right", &result.right},
                                  {"unsure", &result.unsure},
                                  {"kicks", &result.kicks},
                                  {"clean", &result.clean}}) {
      *to = counts[key].whole_number(0, kMost);
    }
    if (const auto both = counts.optional("both")) {
      result.both = both->whole_number(0, kMost);
    }
    for (const Node& each : root["repetitions"].elements_or_empty()) {
      result.repetitions.push_back(repetition(each));
    }
    read_measures(root["set"]["mean"], kRepetitionMeasures, result);
    read_measures(root["set"], kSetMeasures, result);
    if (known != nullptr && known->cycle) read_readings(root, *known, result);
  }
  if (problem.first()) return base::Error{base::ErrorKind::input, *problem.first()};
  return result;
}

}  // namespace matside::records
