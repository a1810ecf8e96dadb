#include "report/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/clock_text.h"
#include "core/coaching/practice_feedback.h"
#include "core/exercise/reading_name.h"

namespace matside::report {
namespace {

using exercise::Definition;

using coaching::PlaceholderValues;

// A smaller difference between the sides isn't shown. @source movement.md 6.5
constexpr double kSideDifference_deg = 15.0;

std::string say(const Definition& exercise, const std::string& id,
                const PlaceholderValues& values = {}) {
  return coaching::phrase_text(exercise, id, values);
}

template <class Number>
std::string text_of(Number number) {
  return fmt::to_string(number);
}

using Row = Summary::Row;

std::string decimal(double value) { return fmt::format("{:.1f}", value); }
std::string whole(double value) { return fmt::format("{:.0f}", value); }

/// How long lowering took, and how evenly where that is beyond doubt.
std::string lowering_text(const engine::Analysis& analysis, const Definition& exercise) {
  const coaching::Steadiness steadiness = coaching::lowering_steadiness(analysis, exercise);
  const std::string id = steadiness == coaching::Steadiness::steady   ? "lowering_steady"
                         : steadiness == coaching::Steadiness::uneven ? "lowering_uneven"
                                                                      : "lowering_of";
  return say(exercise, id, {{"seconds", decimal(analysis.set.mean.lowering_s->value)}});
}

/// What was measured of the set, as far as a person needs it.
std::vector<Row> measured_rows(const engine::Analysis& analysis, const Definition& exercise) {
  const exercise::SetMeasures& set = analysis.set;
  std::vector<Row> rows;
  if (const auto& bend = set.greatest_bend_median_deg) {
    rows.push_back(
        {say(exercise, "label_bend"),
         say(exercise, "bend_of",
             {{"degrees", whole(bend->value)}, {"off", whole(std::ceil(bend->deviation()))}})});
  }
  if (set.mean.lowering_s) {
    rows.push_back({say(exercise, "label_lowering"), lowering_text(analysis, exercise)});
  }
  if (const auto& rhythm = set.rhythm_variation) {
    rows.push_back({say(exercise, "label_rhythm"),
                    say(exercise, "rhythm_of", {{"percent", whole(100.0 * rhythm->value)}})});
  }
  if (const auto& still = set.mean.hips_still_share) {
    rows.push_back(
        {say(exercise, "label_hips"),
         say(exercise, "hips_still_of", {{"percent", whole(100.0 * still->value)}})});
  }
  return rows;
}

/// Where a repetition has several peaks: how many there were, of one leg where each has its
/// own.
std::optional<Row> peaks_row(const engine::Analysis& analysis, const Definition& exercise) {
  const exercise::Level* level = exercise.level(analysis.level);
  if (level == nullptr || level->kicks < 2) return std::nullopt;
  std::ptrdiff_t peaks = 0;
  for (const exercise::Repetition& r : analysis.repetitions) {
    const auto of = [&](std::optional<pose::Side> leg) {
      return std::ranges::count(r.peaks, leg, &exercise::Peak::leg);
    };
    peaks += of({}) + std::max(of(pose::Side::left), of(pose::Side::right));
  }
  return Row{
      say(exercise, "label_peaks"),
      say(exercise, "peaks_of", {{"count", text_of(peaks)}, {"asked", text_of(level->kicks)}})};
}

/// The means of what the exercise's file asks to read off each repetition.
std::vector<Row> reading_rows(const engine::Analysis& analysis, const Definition& exercise) {
  std::vector<Row> rows;
  for (const exercise::CycleMeasure& measure : exercise.cycle->measures) {
    double sum = 0.0;
    int count = 0;
    std::string unit;
    for (const exercise::Repetition& r : analysis.repetitions) {
      const auto found = std::ranges::find(r.readings, measure.id, &exercise::NamedReading::id);
      if (found == r.readings.end()) continue;
      sum += found->value;
      ++count;
      unit = found->unit;
    }
    if (count == 0) continue;
    rows.push_back({exercise::reading_name(measure.id),
                    say(exercise, "mean_of", {{"value", value_text(sum / count, unit)}})});
  }
  return rows;
}

/// What was counted and measured.
std::vector<Row> rows_of(const engine::Analysis& analysis, const Definition& exercise) {
  const engine::RepetitionCounts& counts = analysis.counts;
  std::vector<Row> rows{
      {say(exercise, "label_repetitions"), repetitions_text(counts, exercise)}};
  if (!exercise.cycle) {
    rows.push_back({say(exercise, "label_kicks"), text_of(counts.kicks)});
  } else if (auto peaks = peaks_row(analysis, exercise)) {
    rows.push_back(std::move(*peaks));
  }
  rows.push_back(
      {say(exercise, "label_clean"),
       say(exercise, analysis.set_faults.empty() ? "clean_of" : "clean_of_one_by_one",
           {{"clean", text_of(counts.clean)},
            {"total", text_of(analysis.repetitions.size())}})});
  if (exercise.cycle) {
    for (Row& row : reading_rows(analysis, exercise)) rows.push_back(std::move(row));
    return rows;
  }
  for (Row& row : measured_rows(analysis, exercise)) rows.push_back(std::move(row));
  return rows;
}

std::vector<std::string> notes_of(const formats::AnalysisRecord& record,
                                  const Definition& exercise) {
  const engine::Analysis& analysis = record.analysis;
  std::vector<std::string> lines;
  if (!record.complete) {
    lines.push_back(
        say(exercise, "incomplete", {{"time", base::clock_text(record.source.duration)}}));
  }
  if (const auto& bend = analysis.set.bend_symmetry) {
    const exercise::Difference& left = bend->left_less_right;
    if (left.distinguishable && std::abs(left.value) >= kSideDifference_deg) {
      lines.push_back(say(exercise, left.value > 0.0 ? "left_bends_more" : "right_bends_more",
                          {{"degrees", whole(std::abs(left.value))}}));
    }
  }
  if (analysis.elbows_forward) lines.push_back(say(exercise, "elbows_forward"));
  for (const engine::Warning& warning : analysis.warnings) lines.push_back(warning.message);
  if (!analysis.repetitions.empty()) {
    lines.push_back(
        say(exercise, analysis.frames_in_space > 0 ? "measured_in_space" : "estimated"));
  }
  return lines;
}

std::string aligned(const std::vector<Row>& rows) {
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, row.label.size());
  std::string text;
  for (const Row& row : rows) text += fmt::format("  {:{}}  {}\n", row.label, width, row.value);
  return text;
}

std::string section(const std::string& heading, const std::vector<std::string>& lines) {
  if (lines.empty()) return {};
  std::string text = "\n" + heading + "\n";
  for (const std::string& line : lines) text += "  " + line + "\n";
  return text;
}

}  // namespace

std::string value_text(double value, std::string_view unit) {
  std::string number = fmt::format("{:.{}f}", value, exercise::decimals_of(unit));
  if (number.find_first_not_of("-0.") == std::string::npos && number.starts_with('-')) {
    number.erase(0, 1);
  }
  std::string_view words = exercise::unit_words(unit);
  if (unit == "deg" && (number == "1" || number == "-1")) words.remove_suffix(1);
  return words.empty() ? number : number + " " + std::string(words);
}

std::string repetitions_text(const engine::RepetitionCounts& counts,
                             const Definition& exercise) {
  PlaceholderValues sides{{"left", text_of(counts.left)}, {"right", text_of(counts.right)}};
  if (counts.unsure > 0) sides["unsure"] = text_of(counts.unsure);
  const std::string by_side =
      say(exercise, counts.unsure > 0 ? "sides_with_unsure" : "sides", sides);
  if (exercise.by_side()) {
    return by_side;
  }
  const bool of_legs = exercise.cycle->sides == exercise::CycleSides::both;
  const std::string both = of_legs
                               ? say(exercise, "sides_both", {{"count", text_of(counts.both)}})
                               : text_of(counts.both);
  const bool only_both = counts.left + counts.right + counts.unsure == 0;
  return only_both ? both : both + "; " + by_side;
}

Summary summarise(const formats::AnalysisRecord& record, const Definition& exercise) {
  Summary summary;
  if (!record.analysis.repetitions.empty()) {
    summary.rows = rows_of(record.analysis, exercise);
    summary.praise = coaching::praise(record.analysis, exercise);
    summary.advice = coaching::advice(record.analysis, exercise);
  }
  summary.notes = notes_of(record, exercise);
  return summary;
}

std::string summary_text(const formats::AnalysisRecord& record, const Definition& exercise,
                         std::string_view name) {
  const Summary summary = summarise(record, exercise);
  const exercise::Level* level = exercise.level(record.analysis.level);
  std::string text = fmt::format("{}: ", name);
  text += say(exercise, "title",
              {{"exercise", exercise.name},
               {"level", text_of(record.analysis.level)},
               {"name", level == nullptr ? "" : level->name}});
  text += "\n\n" + (summary.rows.empty() ? "  " + say(exercise, "none_counted") + "\n"
                                         : aligned(summary.rows));
  text += section(say(exercise, "heading_well"), summary.praise);
  text += section(say(exercise, "heading_improve"), summary.advice);
  text += section(say(exercise, "heading_notes"), summary.notes);
  return text;
}

}  // namespace matside::report
