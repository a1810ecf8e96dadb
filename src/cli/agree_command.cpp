#include "cli/agree_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "agreement/page.h"
#include "agreement/summary.h"
#include "agreement/tables.h"
#include "cli/agree_inputs.h"
#include "cli/diagnostics.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/output_file.h"
#include "cli/program_data.h"
#include "records/exercises.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using agreement::Zero;
using base::Error;
using base::ErrorKind;
using base::Result;
using formats::KneeMeasurement;

constexpr std::size_t kMostNames = 20;

/// The sources of one practice.
struct SourcePair {
  MeasurementSource measured;
  MeasurementSource reference;
};

/// Two measurements of one practice.
struct MeasurementPair {
  std::string name;
  KneeMeasurement measured;
  KneeMeasurement reference;
};

std::string shown_name(const std::string& input) {
  const fs::path path(input);
  return (path.filename().empty() ? path.parent_path() : path).filename().string();
}

std::string names_text(const std::vector<std::string>& names) {
  const std::size_t shown = std::min(names.size(), kMostNames);
  std::string text = fmt::format(
      "{}", fmt::join(names.begin(), names.begin() + static_cast<long>(shown), ", "));
  if (shown < names.size()) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

/// Pairs one practice with one, or many by their names.
Result<std::vector<SourcePair>> paired_sources(std::vector<MeasurementSource> measured,
                                               std::vector<MeasurementSource> reference,
                                               std::vector<std::string>& left_out) {
  std::vector<SourcePair> pairs;
  if (measured.size() == 1 && reference.size() == 1) {
    pairs.push_back({std::move(measured.front()), std::move(reference.front())});
    return pairs;
  }
  std::vector<std::string> only_measured;
  std::vector<std::string> only_reference;
  // Both are sorted by name, and no name is there twice.
  auto ours = measured.begin();
  auto theirs = reference.begin();
  while (ours != measured.end() || theirs != reference.end()) {
    if (theirs == reference.end() || (ours != measured.end() && ours->name < theirs->name)) {
      only_measured.push_back((ours++)->name);
    } else if (ours == measured.end() || theirs->name < ours->name) {
      only_reference.push_back((theirs++)->name);
    } else {
      pairs.push_back({std::move(*ours++), std::move(*theirs++)});
    }
  }
  if (pairs.empty()) {
    return Error{
        ErrorKind::input,
        fmt::format("no practice has the same name in both; measured: {}; reference: {}",
                    names_text(only_measured), names_text(only_reference))};
  }
  if (!only_measured.empty()) {
    left_out.push_back("Only measured, without a reference: " + names_text(only_measured) +
                       ".");
  }
  if (!only_reference.empty()) {
    left_out.push_back("Only in the reference: " + names_text(only_reference) + ".");
  }
  return pairs;
}

/// Where the results go; opened before anything is analysed.
struct AgreeOutputs {
  std::optional<OutputFile> csv;
  std::optional<OutputFile> pairs;
  std::optional<OutputFile> page;
};

Result<AgreeOutputs> open_agree_outputs(const AgreeCommand& command) {
  const std::array<fs::path, 2> inputs{command.measured.source, command.reference.source};
  const OverwritePolicy overwriting{.forced = command.force, .inputs = inputs};
  AgreeOutputs outputs;
  const std::array<std::pair<const std::optional<fs::path>*, std::optional<OutputFile>*>, 3>
      files{{{&command.csv, &outputs.csv},
             {&command.pairs, &outputs.pairs},
             {&command.page, &outputs.page}}};
  for (const auto& [path, file] : files) {
    if (!*path) continue;
    auto opened = OutputFile::open(**path, overwriting);
    if (!opened) return opened.error();
    *file = std::move(opened).value();
  }
  return outputs;
}

Result<void> write_whole(std::optional<OutputFile>& file, std::string_view text) {
  if (!file) return {};
  if (auto written = file->write(text); !written) return written;
  return file->commit();
}

/// Loads both measurements of each practice. What can't be loaded is added to `failures`.
std::vector<MeasurementPair> load_pairs(const std::vector<SourcePair>& sources,
                                        const ProgramData& data, std::vector<Error>& failures) {
  std::vector<MeasurementPair> pairs;
  for (const SourcePair& each : sources) {
    if (stop_requested()) break;
    auto measured = load_measurement(each.measured, data);
    if (!measured) {
      failures.push_back(measured.error());
      continue;
    }
    auto reference = load_measurement(each.reference, data);
    if (!reference) {
      failures.push_back(reference.error());
      continue;
    }
    pairs.push_back(
        {each.measured.name, std::move(measured).value(), std::move(reference).value()});
  }
  return pairs;
}

/// Above rest where a curve is missing, since a result file's bends are above rest.
Zero zero_for(const AgreeCommand& command, const std::vector<MeasurementPair>& pairs) {
  const bool curves = std::ranges::all_of(pairs, [](const MeasurementPair& pair) {
    return pair.measured.has_curves() && pair.reference.has_curves();
  });
  return command.above_rest || !curves ? Zero::rest : Zero::straight;
}

Result<agreement::Comparison> compared(const AgreeCommand& command,
                                       std::vector<Error>& failures) {
  // Its knees are measured as the single-leg kick's; a saved practice may be of any exercise.
  const auto data = load_program_data({std::string(records::kFirstExercise), std::nullopt});
  if (!data) return data.error();
  auto measured = list_measurements(command.measured, data.value());
  if (!measured) return measured.error();
  auto reference = list_measurements(command.reference, data.value());
  if (!reference) return reference.error();
  agreement::Comparison comparison;
  comparison.measured = shown_name(command.measured.source);
  comparison.reference = shown_name(command.reference.source);
  const auto sources = paired_sources(std::move(measured).value(), std::move(reference).value(),
                                      comparison.left_out);
  if (!sources) return sources.error();
  const auto pairs = load_pairs(sources.value(), data.value(), failures);
  comparison.zero = zero_for(command, pairs);
  for (const MeasurementPair& pair : pairs) {
    auto paired = agreement::pair_measurements(pair.measured, pair.reference, command.shift,
                                               comparison.zero);
    if (!paired) {
      failures.push_back({paired.error().kind, pair.name + ": " + paired.error().message});
      continue;
    }
    paired.value().name = pair.name;
    comparison.practices.push_back(std::move(paired).value());
  }
  if (comparison.practices.empty() && !failures.empty()) return failures.front();
  for (const Error& failure : failures) {
    comparison.left_out.push_back("Not compared: " + failure.message);
  }
  comparison.rows = agreement::study(comparison.practices);
  return comparison;
}

Result<void> write_comparison(const agreement::Comparison& comparison, AgreeOutputs& outputs) {
  auto written = write_whole(outputs.csv, agreement::statistics_csv(comparison.rows));
  if (!written) return written;
  written = write_whole(outputs.pairs, agreement::pairs_csv(comparison.practices));
  if (!written) return written;
  written = write_whole(outputs.page, agreement::comparison_page(comparison));
  if (!written) return written;
  return write_to_standard_output(agreement::summary_text(comparison));
}

}  // namespace

int compare_measurements(const AgreeCommand& command) {
  auto outputs = open_agree_outputs(command);
  if (!outputs) return fail(outputs.error());
  std::vector<Error> failures;
  const auto comparison = compared(command, failures);
  if (stop_requested()) return report_interrupted(command.measured.source, false);
  if (!comparison) return fail(comparison.error());
  const auto written = write_comparison(comparison.value(), outputs.value());
  if (!written) return fail(written.error());
  return failures.empty() ? kExitOk : kExitInput;
}

}  // namespace matside::cli
