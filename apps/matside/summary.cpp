#include "apps/matside/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "core/base/clock_text.h"
#include "core/coaching/closing.h"

namespace matside::app {
namespace {

using exercise::Definition;

// A lowering's smoothness above this is steady, below it uneven (movement.md 6.5).
constexpr double kSteady = -3.0;
// A smaller difference of the sides is not shown, however sure it seems (movement.md 6.5).
constexpr double kSideDifferenceDeg = 15.0;
using coaching::Values;

std::string say(const Definition& exercise, const std::string& id, const Values& values = {}) {
  return coaching::phrase_text(exercise, id, values);
}

template <class Number>
std::string text_of(Number number) {
  return fmt::to_string(number);
}

using Row = std::pair<std::string, std::string>;

std::string decimal(double value) { return fmt::format("{:.1f}", value); }
std::string whole(double value) { return fmt::format("{:.0f}", value); }

/// How long lowering took, and how evenly where that is beyond doubt.
std::string lowering_text(const Definition& exercise, const exercise::Measures& mean) {
  std::string id = "lowering_of";
  if (const auto& smoothness = mean.lowering_smoothness) {
    const double clear = smoothness->deviation();
    if (smoothness->value > kSteady + clear) id = "lowering_steady";
    if (smoothness->value < kSteady - clear) id = "lowering_uneven";
  }
  return say(exercise, id, {{"seconds", decimal(mean.lowering_s->value)}});
}

/// What was measured of the set, as far as a person needs it.
std::vector<Row> measured_rows(const Definition& exercise, const exercise::SetMeasures& set) {
  std::vector<Row> rows;
  if (const auto& bend = set.greatest_bend_median_deg) {
    rows.emplace_back(
        say(exercise, "label_bend"),
        say(exercise, "bend_of",
            {{"degrees", whole(bend->value)}, {"off", whole(std::ceil(bend->deviation()))}}));
  }
  if (set.mean.lowering_s) {
    rows.emplace_back(say(exercise, "label_lowering"), lowering_text(exercise, set.mean));
  }
  if (const auto& rhythm = set.rhythm_variation) {
    rows.emplace_back(say(exercise, "label_rhythm"),
                      say(exercise, "rhythm_of", {{"percent", whole(100.0 * rhythm->value)}}));
  }
  if (const auto& still = set.mean.hips_still_share) {
    rows.emplace_back(
        say(exercise, "label_hips"),
        say(exercise, "hips_still_of", {{"percent", whole(100.0 * still->value)}}));
  }
  return rows;
}

/// The analysis of one practice together with what it is judged by.
class Summary {
 public:
  Summary(const interchange::AnalysisRecord& record, const Definition& exercise)
      : record_(record), analysis_(record.analysis), exercise_(exercise) {}

  [[nodiscard]] std::string counts() const;
  [[nodiscard]] std::vector<std::string> notes() const;
  [[nodiscard]] bool empty() const { return analysis_.repetitions.empty(); }

 private:
  const interchange::AnalysisRecord& record_;
  const engine::Analysis& analysis_;
  const Definition& exercise_;
};

std::string Summary::counts() const {
  if (empty()) return "  " + say(exercise_, "none_counted") + "\n";
  const engine::Counts& counts = analysis_.counts;
  Values sides{{"left", text_of(counts.left)}, {"right", text_of(counts.right)}};
  if (counts.unsure > 0) sides["unsure"] = text_of(counts.unsure);
  std::vector<Row> rows{
      {say(exercise_, "label_repetitions"),
       say(exercise_, counts.unsure > 0 ? "sides_with_unsure" : "sides", sides)},
      {say(exercise_, "label_kicks"), text_of(counts.kicks)},
      {say(exercise_, "label_clean"), say(exercise_, "clean_of",
                                          {{"clean", text_of(counts.clean)},
                                           {"total", text_of(analysis_.repetitions.size())}})},
  };
  for (Row& row : measured_rows(exercise_, analysis_.set)) rows.push_back(std::move(row));
  std::size_t width = 0;
  for (const auto& [label, value] : rows) width = std::max(width, label.size());
  std::string text;
  for (const auto& [label, value] : rows) {
    text += fmt::format("  {:{}}  {}\n", label, width, value);
  }
  return text;
}

std::vector<std::string> Summary::notes() const {
  std::vector<std::string> lines;
  if (!record_.complete) {
    lines.push_back(
        say(exercise_, "incomplete", {{"time", base::clock_text(record_.source.duration)}}));
  }
  if (const auto& bend = analysis_.set.bend_symmetry) {
    const exercise::Difference& left = bend->left_less_right;
    if (left.distinguishable && std::abs(left.value) >= kSideDifferenceDeg) {
      lines.push_back(say(exercise_, left.value > 0.0 ? "left_bends_more" : "right_bends_more",
                          {{"degrees", whole(std::abs(left.value))}}));
    }
  }
  if (analysis_.elbows_forward) lines.push_back(say(exercise_, "elbows_forward"));
  for (const engine::Warning& warning : analysis_.warnings) lines.push_back(warning.message);
  if (!empty()) lines.push_back(say(exercise_, "estimated"));
  return lines;
}

std::string section(const std::string& heading, const std::vector<std::string>& lines) {
  if (lines.empty()) return {};
  std::string text = "\n" + heading + "\n";
  for (const std::string& line : lines) text += "  " + line + "\n";
  return text;
}

}  // namespace

std::string summary_text(const interchange::AnalysisRecord& record, const Definition& exercise,
                         std::string_view name) {
  const Summary summary(record, exercise);
  const exercise::Level* level = exercise.level(record.analysis.level);
  std::string text = fmt::format("{}: ", name);
  text += say(exercise, "title",
              {{"exercise", exercise.name},
               {"level", text_of(record.analysis.level)},
               {"name", level == nullptr ? "" : level->name}});
  text += "\n\n" + summary.counts();
  if (!summary.empty()) {
    text += section(say(exercise, "heading_well"), coaching::praise(record.analysis, exercise));
    text +=
        section(say(exercise, "heading_improve"), coaching::advice(record.analysis, exercise));
  }
  text += section(say(exercise, "heading_notes"), summary.notes());
  return text;
}

}  // namespace matside::app
