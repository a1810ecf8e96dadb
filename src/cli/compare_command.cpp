#include "cli/compare_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>
#include <utility>

#include "cli/exit_code.h"
#include "cli/input_text.h"
#include "cli/interrupt.h"
#include "cli/messages.h"
#include "cli/output_file.h"
#include "cli/own_folder.h"
#include "formats/catalog/catalog.h"
#include "formats/packed.h"
#include "records/comparison.h"
#include "records/result_document.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using exercise::Definition;
using exercise::Measured;
using records::ComparedValue;
using records::Comparison;
using records::ResultDocument;

struct Side {
  std::string name;
  ResultDocument result;
};

/// Whether it is a result file rather than something to look at.
bool is_result(const std::string& source) {
  return source.ends_with(".json") && [&] {
    const auto text = text_of_file(source);
    return text && text.value().find("\"matside.analysis/1\"") != std::string::npos;
  }();
}

base::Result<Side> read_side(const PracticeRequest& request, const DataFolder& data,
                             const Definition& exercise) {
  if (is_result(request.source)) {
    const auto text = text_of_file(request.source);
    if (!text) return text.error();
    auto result = records::read_result(text.value(), request.source);
    if (!result) return result.error();
    return Side{fs::path(request.source).filename().string(), std::move(result).value()};
  }
  const auto practice = see_practice(request, data, exercise);
  if (!practice) return practice.error();
  if (stop_requested()) return Error{ErrorKind::input, practice.value().name + ": stopped"};
  auto result = records::read_result(formats::analysis_json(practice.value().record),
                                     practice.value().name);
  if (!result) return result.error();
  return Side{practice.value().name, std::move(result).value()};
}

/// The judgement that the records hold.
base::Result<Side> kept_side(const PracticeRequest& request) {
  constexpr std::size_t kLargest = 16U << 20U;
  records::Id id = 0;
  const char* const end = request.source.data() + request.source.size();
  const auto [stopped, failed] = std::from_chars(request.source.data(), end, id);
  if (failed != std::errc() || stopped != end) {
    return Error{ErrorKind::usage,
                 request.source + ": --rescored needs the number of a practice in the records"};
  }
  const auto folder = own_folder(request.data);
  if (!folder) return folder.error();
  const auto records = open_records(folder.value());
  if (!records) return records.error();
  const auto kept = records.value()->practice(id);
  if (!kept) return kept.error();
  const auto packed = records.value()->analysis(id);
  if (!packed) return packed.error();
  const std::string name = fmt::format("practice {}", id);
  if (packed.value().empty()) {
    return Error{ErrorKind::input, name + ": has no result to compare with"};
  }
  const auto text = formats::unpacked(packed.value(), kLargest, name);
  if (!text) return text.error();
  auto result = records::read_result(text.value(), name);
  if (!result) return result.error();
  return Side{fmt::format("{}, judged by {}", name, kept.value().judgement.engine),
              std::move(result).value()};
}

std::string number(const ComparedValue& value, double v) {
  // Never "-0".
  const double step = std::pow(10.0, -value.decimals);
  const double rounded = std::round(v / step) * step;
  return fmt::format("{:.{}f}", rounded == 0.0 ? 0.0 : rounded, value.decimals);
}

std::string shown(const ComparedValue& value, const std::optional<Measured>& measured) {
  if (!measured) return "-";
  const double step = std::pow(10.0, -value.decimals);
  const double off = std::ceil(measured->deviation() / step) * step;
  return fmt::format("{} +- {}", number(value, measured->value), number(value, off));
}

std::string verdict(const ComparedValue& value) {
  if (!value.difference) return "";
  if (!value.difference->distinguishable) return "no difference beyond the noise";
  const double d = value.difference->value;
  return fmt::format("{}{} {}", d > 0.0 ? "+" : "", number(value, d), value.unit);
}

std::string counts(const Side& side) {
  const ResultDocument& r = side.result;
  const std::string unsure = r.unsure > 0 ? fmt::format(" + {} unsure", r.unsure) : "";
  return fmt::format("{}: level {}, {} left + {} right{}, {} kicks\n", side.name, r.level,
                     r.left, r.right, unsure, r.kicks);
}

std::string table(const Comparison& comparison) {
  std::size_t widest = 0;
  std::size_t before = 0;
  std::size_t after = 0;
  for (const ComparedValue& value : comparison.values) {
    widest = std::max(widest, value.name.size() + value.unit.size() + 2);
    before = std::max(before, shown(value, value.before).size());
    after = std::max(after, shown(value, value.after).size());
  }
  std::string text;
  for (const ComparedValue& value : comparison.values) {
    const std::string name = value.unit.empty() ? value.name : value.name + ", " + value.unit;
    text +=
        fmt::format("  {:{}}  {:>{}}  {:>{}}  {}\n", name, widest, shown(value, value.before),
                    before, shown(value, value.after), after, verdict(value));
  }
  return text;
}

std::string told(const Comparison& comparison) {
  if (comparison.told_differently.empty()) return "Every repetition is told as before.\n";
  std::string places;
  for (const int place : comparison.told_differently) {
    places += fmt::format("{}{}", places.empty() ? "" : ", ", place);
  }
  return "Told differently: repetition " + places + "\n";
}

base::Result<void> run(const CompareCommand& command) {
  const auto data = find_data_folder();
  if (!data) return data.error();
  const auto exercise =
      catalog::load_exercise(data.value().exercise().string(), data.value().words().string());
  if (!exercise) return exercise.error();
  const auto before = command.rescored
                          ? kept_side(command.before)
                          : read_side(command.before, data.value(), exercise.value());
  if (!before) return before.error();
  const auto after = read_side(command.after, data.value(), exercise.value());
  if (!after) return after.error();
  const ResultDocument& a = before.value().result;
  const ResultDocument& b = after.value().result;
  Comparison comparison = records::compare(a, b, exercise.value());
  if (command.rescored) comparison.told_differently = records::told_differently(a, b);
  if (command.json) {
    return write_to_standard_output(
        records::comparison_json(comparison, before.value().name, after.value().name));
  }
  std::string text = counts(before.value()) + counts(after.value());
  if (a.level != b.level) {
    text += "The levels differ: what is different may be what the level asks for.\n";
  }
  text += table(comparison);
  if (command.rescored) text += told(comparison);
  return write_to_standard_output(text + "Values are estimated from one camera.\n");
}

}  // namespace

int compare_practices(const CompareCommand& command) {
  const auto done = run(command);
  if (stop_requested()) return say_interrupted(command.before.source, false);
  return done ? kExitOk : fail(done.error());
}

}  // namespace matside::cli
