#include "cli/compare_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "cli/counted.h"
#include "cli/diagnostics.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/output_file.h"
#include "cli/practice_text.h"
#include "cli/program_data.h"
#include "cli/user_data_folder.h"
#include "core/base/math.h"
#include "formats/json_number.h"
#include "formats/xz.h"
#include "practice/recording/text_file.h"
#include "records/comparison.h"
#include "records/result_document.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using exercise::Measured;
using records::Comparison;
using records::MeasureComparison;
using records::ResultDocument;

struct Side {
  std::string name;
  ResultDocument result;
  std::string recognised = {};  ///< As LoadedPractice::recognised.
};

/// Whether it is a result file rather than something to analyse.
bool is_result(const std::string& source) {
  return source.ends_with(".json") && [&] {
    const auto text = recording::read_text_file(source);
    return text && text.value().find(formats::kQuotedResultSchema) != std::string::npos;
  }();
}

base::Result<Side> read_side(const PracticeSelector& selector, const ProgramData& program) {
  if (is_result(selector.source)) {
    const auto text = recording::read_text_file(selector.source);
    if (!text) return text.error();
    auto result = records::read_result(text.value(), selector.source, program.exercises());
    if (!result) return result.error();
    return Side{fs::path(selector.source).filename().string(), std::move(result).value()};
  }
  const auto practice = load_practice(selector, program);
  if (!practice) return practice.error();
  if (stop_requested()) return Error{ErrorKind::input, practice.value().name + ": stopped"};
  auto result = records::read_result(formats::analysis_json(practice.value().record),
                                     practice.value().name, program.exercises());
  if (!result) return result.error();
  return Side{practice.value().name, std::move(result).value(), practice.value().recognised};
}

/// The result that the records hold.
base::Result<Side> saved_side(const PracticeSelector& selector, const ProgramData& program) {
  constexpr std::size_t kLargest = 16U << 20U;
  const auto id = practice_number(selector.source);
  if (!id) {
    return Error{ErrorKind::usage,
                 selector.source +
                     ": --rescored needs the number of a saved practice; see matside history"};
  }
  const auto folder = user_data_folder(selector.data);
  if (!folder) return folder.error();
  const auto records = open_records(folder.value());
  if (!records) return records.error();
  const auto saved = records.value()->practice(*id);
  if (!saved) return saved.error();
  const auto packed = records.value()->analysis(*id);
  if (!packed) return packed.error();
  const std::string name = fmt::format("practice {}", *id);
  if (packed.value().empty()) {
    return Error{ErrorKind::input, name + ": has no saved result to compare with"};
  }
  const auto text = formats::xz_decompressed(packed.value(), kLargest, name);
  if (!text) return text.error();
  auto result = records::read_result(text.value(), name, program.exercises());
  if (!result) return result.error();
  return Side{fmt::format("{}, scored by {}", name, saved.value().scoring.engine),
              std::move(result).value()};
}

std::string number(const MeasureComparison& value, double v) {
  const double step = base::power_of_ten(-value.decimals);
  return fmt::format("{:.{}f}", formats::rounded(v, step), value.decimals);
}

std::string shown(const MeasureComparison& value, const std::optional<Measured>& measured) {
  if (!measured) return "-";
  const double step = base::power_of_ten(-value.decimals);
  const double off = std::ceil(measured->deviation() / step) * step;
  return fmt::format("{} +- {}", number(value, measured->value), number(value, off));
}

std::string verdict(const MeasureComparison& value) {
  if (!value.difference) return "";
  if (!value.difference->distinguishable) return "within measurement error";
  const double d = value.difference->value;
  const char* const space = value.unit == "%" ? "" : " ";
  return fmt::format("{}{}{}{}", d > 0.0 ? "+" : "", number(value, d), space, value.unit);
}

std::string counts(const Side& side, const exercise::Definition& exercise) {
  const ResultDocument& r = side.result;
  const exercise::RepetitionCounts counted_by_side{r.left,  r.right, r.unsure,
                                                   r.kicks, r.clean, r.both};
  return fmt::format("{}: level {}, {}{}\n", side.name, r.level,
                     repetitions_text(counted_by_side, &exercise),
                     exercise.cycle ? "" : ", " + counted(r.kicks, "kick"));
}

std::string table(const Comparison& comparison) {
  std::size_t widest = 0;
  std::size_t before = 0;
  std::size_t after = 0;
  for (const MeasureComparison& value : comparison.values) {
    widest = std::max(widest, value.name.size() + value.unit.size() + 2);
    before = std::max(before, shown(value, value.before).size());
    after = std::max(after, shown(value, value.after).size());
  }
  std::string text;
  for (const MeasureComparison& value : comparison.values) {
    const std::string name = value.unit.empty() ? value.name : value.name + ", " + value.unit;
    text +=
        fmt::format("  {:{}}  {:>{}}  {:>{}}  {}\n", name, widest, shown(value, value.before),
                    before, shown(value, value.after), after, verdict(value));
  }
  return text;
}

std::string changed_text(const Comparison& comparison) {
  if (comparison.changed_repetitions.empty())
    return "All repetitions have the same result as before.\n";
  std::string places;
  for (const int place : comparison.changed_repetitions) {
    places += fmt::format("{}{}", places.empty() ? "" : ", ", place);
  }
  return "Changed repetitions: " + places + "\n";
}

base::Result<void> run(const CompareCommand& command) {
  const auto data = load_program_data(command.exercise);
  if (!data) return data.error();
  const ProgramData& program = data.value();
  const auto before = command.rescored ? saved_side(command.before, program)
                                       : read_side(command.before, program);
  if (!before) return before.error();
  const auto after = read_side(command.after, program);
  if (!after) return after.error();
  const ResultDocument& a = before.value().result;
  const ResultDocument& b = after.value().result;
  if (a.exercise != b.exercise) {
    return Error{ErrorKind::input, before.value().name + " is of the exercise " + a.exercise +
                                       ", and " + after.value().name + " of " + b.exercise +
                                       ": only practices of one exercise can be compared"};
  }
  const auto exercise = program.exercises().find(a.exercise);
  if (!exercise) return exercise.error();
  Comparison comparison = records::compare(a, b, *exercise.value());
  if (command.rescored) comparison.changed_repetitions = records::changed_repetitions(a, b);
  if (command.json) {
    return write_to_standard_output(
        records::comparison_json(comparison, before.value().name, after.value().name));
  }
  const std::string& recognised = before.value().recognised;
  std::string text = recognised.empty() ? after.value().recognised : recognised;
  text += counts(before.value(), *exercise.value()) + counts(after.value(), *exercise.value());
  if (a.level != b.level) {
    text += "The levels differ, so the movements may differ too.\n";
  }
  text += table(comparison);
  if (command.rescored) text += changed_text(comparison);
  return write_to_standard_output(text + "All values are estimates from one camera.\n");
}

}  // namespace

int compare_practices(const CompareCommand& command) {
  const auto done = run(command);
  if (stop_requested()) return report_interrupted(command.before.source, false);
  return done ? kExitOk : fail(done.error());
}

}  // namespace matside::cli
