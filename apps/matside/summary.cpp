#include "apps/matside/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "apps/matside/progress.h"

namespace matside::app {
namespace {

using exercise::Definition;
using exercise::Fault;
using exercise::Repetition;
using exercise::Signal;

// A person can keep a few things in mind.
constexpr std::size_t kMostPraise = 3;
constexpr std::size_t kMostAdvice = 3;
// A lowering's smoothness above this is steady, below it uneven (movement.md 6.5).
constexpr double kSteady = -3.0;
// A smaller difference of the sides is not shown, however sure it seems (movement.md 6.5).
constexpr double kSideDifferenceDeg = 15.0;
// Fewer show no habit.
constexpr std::size_t kFewestForPraise = 2;

using Values = std::map<std::string, std::string>;

/// The phrase with its {placeholders} filled in.
std::string say(const Definition& exercise, const std::string& id, const Values& values = {}) {
  const exercise::Phrase* phrase = exercise.phrase(id);
  assert(phrase != nullptr);
  std::string text = phrase->text;
  for (const auto& [name, value] : values) {
    const std::string placeholder = "{" + name + "}";
    const std::size_t at = text.find(placeholder);
    if (at != std::string::npos) text.replace(at, placeholder.size(), value);
  }
  return text;
}

template <class Number>
std::string text_of(Number number) {
  return fmt::to_string(number);
}

/// Whether the fault could have been seen in this repetition.
bool was_measured(const Fault& fault, const Repetition& repetition) {
  if (!repetition.judged) return false;
  switch (fault.signal) {
    case Signal::hip_rise:
      return repetition.hip_rise_thigh_lengths.has_value();
    case Signal::thigh_lift:
      return repetition.thigh_lift.has_value();
    case Signal::transit_70_20:
      return repetition.transit_70_20.has_value();
    case Signal::kick_count:
    case Signal::peak_knee:
    case Signal::lowering_stop:
    case Signal::kicks_beyond:
    case Signal::bend_speed:
    case Signal::legs_overlap:
      return true;
    case Signal::thigh_lift_lack:
      return repetition.thigh_lift.has_value();
    // The analysis does not say whether the chest and head were in view, nor does a repetition
    // tell of rocking.
    case Signal::hip_sway:
    case Signal::elbow_offset:
    case Signal::trunk_incline:
    case Signal::neck_angle:
    case Signal::neck_raise:
      return false;
    case Signal::side_order:
      return repetition.side != exercise::KickingSide::unsure;
  }
  return false;
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
      : record_(record), analysis_(record.analysis), exercise_(exercise) {
    for (const Fault& fault : exercise.faults) {
      if (fault.judged_at(analysis_.level)) judged_.push_back(&fault);
    }
    std::ranges::stable_sort(judged_, {}, &Fault::priority);
  }

  [[nodiscard]] std::string counts() const;
  [[nodiscard]] std::vector<std::string> praise() const;
  [[nodiscard]] std::vector<std::string> advice() const;
  [[nodiscard]] std::vector<std::string> notes() const;
  [[nodiscard]] bool empty() const { return analysis_.repetitions.empty(); }

 private:
  [[nodiscard]] std::size_t repetitions_with(const Fault& fault) const;
  [[nodiscard]] bool stayed_away(const Fault& fault) const;
  [[nodiscard]] std::string overall() const;
  [[nodiscard]] std::string how_often(const Fault& fault) const;

  const interchange::AnalysisRecord& record_;
  const engine::Analysis& analysis_;
  const Definition& exercise_;
  std::vector<const Fault*> judged_;  ///< At this level, most important first.
};

std::size_t Summary::repetitions_with(const Fault& fault) const {
  if (fault.of_set) {
    return static_cast<std::size_t>(
        std::ranges::count(analysis_.set_faults, fault.id, &exercise::SetFault::id));
  }
  const auto has = [&](const Repetition& repetition) {
    return std::ranges::count(repetition.faults, fault.id, &exercise::FaultFinding::id) > 0;
  };
  return static_cast<std::size_t>(std::ranges::count_if(analysis_.repetitions, has));
}

bool Summary::stayed_away(const Fault& fault) const {
  const auto measured = [&](const Repetition& r) { return was_measured(fault, r); };
  return analysis_.repetitions.size() >= kFewestForPraise && repetitions_with(fault) == 0 &&
         std::ranges::all_of(analysis_.repetitions, measured);
}

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

std::string Summary::overall() const {
  const std::size_t total = analysis_.repetitions.size();
  const auto clean = static_cast<std::size_t>(std::max(analysis_.counts.clean, 0));
  if (clean >= total) return say(exercise_, "all_clean");
  if (2 * clean > total) return say(exercise_, "most_clean");
  return say(exercise_, clean > 0 ? "some_clean" : "keep_practising");
}

std::vector<std::string> Summary::praise() const {
  std::vector<std::string> lines{overall()};
  for (const Fault* fault : judged_) {
    if (lines.size() == kMostPraise) break;
    if (stayed_away(*fault)) lines.push_back(exercise_.words_for(fault->id)->praise);
  }
  return lines;
}

std::string Summary::how_often(const Fault& fault) const {
  const std::size_t count = repetitions_with(fault);
  if (!fault.of_set) {
    return say(exercise_, "improve_in",
               {{"count", text_of(count)}, {"total", text_of(analysis_.repetitions.size())}});
  }
  std::string times;
  for (const exercise::SetFault& seen : analysis_.set_faults) {
    if (seen.id == fault.id) times += (times.empty() ? "" : ", ") + clock_text(seen.at);
  }
  if (count == 1) return say(exercise_, "improve_once_in_set", {{"times", times}});
  return say(exercise_, "improve_times_in_set", {{"count", text_of(count)}, {"times", times}});
}

std::vector<std::string> Summary::advice() const {
  std::vector<std::string> lines;
  for (const Fault* fault : judged_) {
    if (lines.size() == kMostAdvice) break;
    if (repetitions_with(*fault) == 0) continue;
    const exercise::Words* words = exercise_.words_for(fault->id);
    lines.push_back(fmt::format("{} ({}): {}", words->name, how_often(*fault), words->advice));
  }
  const bool any_judged = std::ranges::any_of(analysis_.repetitions, &Repetition::judged);
  if (lines.empty() && any_judged) lines.push_back(say(exercise_, "nothing_to_improve"));
  return lines;
}

std::vector<std::string> Summary::notes() const {
  std::vector<std::string> lines;
  if (!record_.complete) {
    lines.push_back(
        say(exercise_, "incomplete", {{"time", clock_text(record_.source.duration)}}));
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
    text += section(say(exercise, "heading_well"), summary.praise());
    text += section(say(exercise, "heading_improve"), summary.advice());
  }
  text += section(say(exercise, "heading_notes"), summary.notes());
  return text;
}

}  // namespace matside::app
