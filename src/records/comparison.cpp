#include "records/comparison.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/base/math.h"
#include "core/exercise/reading_name.h"
#include "formats/json_number.h"

namespace matside::records {
namespace {

using exercise::Measured;
using json = nlohmann::ordered_json;

struct MeasureSpec {
  const char* id;
  const char* name;
  const char* unit;
  int decimals;
  double factor = 1.0;
};

constexpr double kToPercent = 100.0;
constexpr std::array kMeasures{
    MeasureSpec{"greatest_bend_median_deg", "Knee bend above rest, median", "degrees", 0},
    MeasureSpec{"greatest_bend_best_deg", "Knee bend above rest, best", "degrees", 0},
    MeasureSpec{"rise_s", "Bending", "s", 2},
    MeasureSpec{"beat_interval_s", "Between kicks", "s", 2},
    MeasureSpec{"lowering_s", "Lowering", "s", 2},
    MeasureSpec{"transit_70_20_s", "Lowering from 70 to 20 degrees", "s", 2},
    MeasureSpec{"lowering_smoothness", "Smoothness of lowering", "", 1},
    MeasureSpec{"hips_still_share", "Hips still", "%", 0, kToPercent},
    MeasureSpec{"chest_fall_deg", "Chest sinks by", "degrees", 1},
    MeasureSpec{"duration_s", "Whole repetition", "s", 2},
    MeasureSpec{"rhythm_variation", "Rhythm variation", "%", 0, kToPercent},
};

/// The standard deviation that a result file's rounding adds.
double least_deviation(const MeasureSpec& measure) {
  return 0.5 * base::power_of_ten(-measure.decimals) / std::sqrt(3.0);
}

std::optional<Measured> measured(const ResultDocument& result, const MeasureSpec& measure) {
  const auto found = result.measures.find(measure.id);
  if (found == result.measures.end()) return std::nullopt;
  Measured value = found->second;
  value.value *= measure.factor;
  value.systematic = std::max(value.systematic * measure.factor, least_deviation(measure));
  return value;
}

/// A share of `n` repetitions in percent, with the error of a sample of that size.
std::optional<Measured> share(double count, double n) {
  if (!(n > 0.0)) return std::nullopt;
  const double p = (count + 1.0) / (n + 2.0);
  return Measured{kToPercent * count / n, kToPercent * std::sqrt(p * (1.0 - p) / (n + 2.0)),
                  0.0};
}

void add_difference(MeasureComparison& value) {
  if (!value.before || !value.after) return;
  value.difference =
      exercise::difference(*value.after, *value.before, exercise::SharedError::nothing);
}

double with_fault(const ResultDocument& result, const std::string& id) {
  return static_cast<double>(std::ranges::count_if(result.repetitions, [&](const auto& r) {
    return std::ranges::find(r.faults, id) != r.faults.end();
  }));
}

MeasureComparison share_of(const std::string& id, const std::string& name, double before,
                           double after, const ResultDocument& a, const ResultDocument& b) {
  MeasureComparison value{id, name, "%", 0, {}, {}, {}};
  value.before = share(before, static_cast<double>(a.repetitions.size()));
  value.after = share(after, static_cast<double>(b.repetitions.size()));
  add_difference(value);
  return value;
}

/// One reading's means, where both results have them or one has.
void add_reading(const std::string& id, const ResultDocument& before,
                 const ResultDocument& after, Comparison& out) {
  const auto a = before.readings.find(id);
  const auto b = after.readings.find(id);
  const bool in_first = a != before.readings.end();
  const bool in_second = b != after.readings.end();
  if (!in_first && !in_second) return;
  const std::string& unit = in_first ? a->second.unit : b->second.unit;
  MeasureComparison value{"reading_" + id,
                          exercise::reading_name(id) + ", mean",
                          std::string(exercise::unit_words(unit)),
                          exercise::decimals_of(unit),
                          {},
                          {},
                          {}};
  if (in_first) value.before = a->second.mean;
  if (in_second) value.after = b->second.mean;
  // Values of another unit are of another version of the exercise.
  if (in_first && in_second && a->second.unit != b->second.unit) return;
  add_difference(value);
  out.values.push_back(std::move(value));
}

json value_json(const std::optional<Measured>& measured) {
  if (!measured) return nullptr;
  const auto rounded = [](double v) { return formats::rounded(v, 0.001); };
  return {{"value", rounded(measured->value)}, {"sd", rounded(measured->deviation())}};
}

}  // namespace

Comparison compare(const ResultDocument& before, const ResultDocument& after,
                   const exercise::Definition& exercise) {
  Comparison out;
  out.values.push_back(
      share_of("clean_share", "Clean", before.clean, after.clean, before, after));
  for (const exercise::Fault& fault : exercise.faults) {
    const double a = with_fault(before, fault.id);
    const double b = with_fault(after, fault.id);
    if (a + b == 0.0) continue;
    const exercise::FaultText* words = exercise.words_for(fault.id);
    out.values.push_back(share_of(
        "fault_" + fault.id, words == nullptr ? fault.id : words->name, a, b, before, after));
  }
  for (const MeasureSpec& measure : kMeasures) {
    MeasureComparison value{measure.id,
                            measure.name,
                            measure.unit,
                            measure.decimals,
                            measured(before, measure),
                            measured(after, measure),
                            {}};
    if (!value.before && !value.after) continue;
    add_difference(value);
    out.values.push_back(std::move(value));
  }
  if (!exercise.cycle) return out;
  for (const exercise::CycleMeasure& each : exercise.cycle->measures) {
    add_reading(each.id, before, after, out);
  }
  return out;
}

std::vector<int> changed_repetitions(const ResultDocument& before,
                                     const ResultDocument& after) {
  std::vector<int> places;
  const std::size_t most = std::max(before.repetitions.size(), after.repetitions.size());
  for (std::size_t i = 0; i < most; ++i) {
    const bool both = i < before.repetitions.size() && i < after.repetitions.size();
    if (!both || !(before.repetitions[i] == after.repetitions[i])) {
      places.push_back(static_cast<int>(i) + 1);
    }
  }
  return places;
}

std::string comparison_json(const Comparison& comparison, const std::string& before,
                            const std::string& after) {
  json values = json::array();
  for (const MeasureComparison& value : comparison.values) {
    json difference = nullptr;
    if (value.difference) {
      difference =
          value_json(Measured{value.difference->value, value.difference->deviation, 0});
      difference["distinguishable"] = value.difference->distinguishable;
    }
    values.push_back({{"id", value.id},
                      {"name", value.name},
                      {"unit", value.unit},
                      {"before", value_json(value.before)},
                      {"after", value_json(value.after)},
                      {"difference", std::move(difference)}});
  }
  const json whole = {{"schema", "matside.comparison/1"},
                      {"before", before},
                      {"after", after},
                      {"values", std::move(values)},
                      {"told_differently", comparison.changed_repetitions}};
  return whole.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace matside::records
