#include "agreement/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "formats/json_number.h"

namespace matside::agreement {
namespace {

std::string number(double value, int decimals) {
  constexpr std::array kSteps{1.0, 0.1, 0.01, 0.001};
  return fmt::format("{:.{}f}",
                     formats::rounded(value, kSteps.at(static_cast<std::size_t>(decimals))),
                     decimals);
}

std::string number(const std::optional<double>& value, int decimals) {
  return value ? number(*value, decimals) : "-";
}

std::string range_text(std::string_view name) {
  std::string text(name);
  std::ranges::replace(text, '_', ' ');
  return text;
}

std::size_t count_pairs(const PairsOfKnees& knees) { return knees[0].size() + knees[1].size(); }

std::string shift_text(const std::optional<TimeShift>& shift) {
  if (!shift) return "none";
  std::string text = fmt::format("{:+.3f}", formats::rounded(shift->shift.value(), 1e-3));
  if (shift->given) return text + " (given)";
  if (shift->standard_error) {
    text += fmt::format(" +- {:.3f}", shift->standard_error->value());
  }
  return text;
}

std::string correlation_text(const std::optional<TimeShift>& shift) {
  return shift && !shift->given ? fmt::format("{:.3f}", shift->correlation) : "-";
}

bool has_rows(const Comparison& comparison, PairKind kind) {
  return std::ranges::any_of(comparison.rows,
                             [&](const StudyRow& row) { return row.kind == kind; });
}

const StudyRow* whole(const Comparison& comparison, PairKind kind) {
  for (const StudyRow& row : comparison.rows) {
    if (row.kind == kind) return &row;  // The first one is of both knees and all angles.
  }
  return nullptr;
}

/// The columns next to each other, numbers to the right.
std::string padded(const TextTable& table, std::size_t left_columns) {
  std::vector<std::size_t> widths;
  for (const auto& row : table) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], row[i].size());
    }
  }
  std::string text;
  for (const auto& row : table) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += i < left_columns ? fmt::format("{:<{}}  ", row[i], widths[i])
                               : fmt::format("{:>{}}  ", row[i], widths[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

/// What is short enough for a terminal: both knees by angle, and each knee as a whole.
std::vector<StudyRow> main_rows(const std::vector<StudyRow>& rows) {
  std::vector<StudyRow> main;
  for (const StudyRow& row : rows) {
    if (!row.side || row.range.name == angle_ranges().front().name) main.push_back(row);
  }
  return main;
}

void add_shift_notes(const Comparison& comparison, std::vector<std::string>& lines) {
  const auto found = [](const PairedPractice& p) { return p.shift && !p.shift->given; };
  if (std::ranges::any_of(comparison.practices, found)) {
    lines.emplace_back(
        "The shift is added to the measured times. It was found by the correlation of the "
        "knees' curves; +- is its standard error. --shift replaces it.");
  }
  if (std::ranges::any_of(comparison.practices, [](const auto& p) { return !p.shift; })) {
    lines.emplace_back(
        "Without two curves no shift can be found: the times were taken as they are. --shift "
        "changes that.");
  }
  for (const PairedPractice& practice : comparison.practices) {
    if (!practice.shift || !practice.shift->rival) continue;
    lines.push_back(fmt::format(
        "{}: a shift of {:+.1f} s fits almost as well. Check the shift, and give the right one "
        "with --shift.",
        practice.name, practice.shift->rival->value()));
  }
}

void add_missing_notes(const Comparison& comparison, std::vector<std::string>& lines) {
  const auto total = [&](std::size_t PairedPractice::*count) {
    return std::accumulate(
        comparison.practices.begin(), comparison.practices.end(), std::size_t{0},
        [&](std::size_t sum, const PairedPractice& p) { return sum + p.*count; });
  };
  const std::size_t measured = total(&PairedPractice::only_measured);
  const std::size_t reference = total(&PairedPractice::only_reference);
  const std::size_t unsure = total(&PairedPractice::unsure);
  const std::size_t gaps = total(&PairedPractice::not_seen);
  if (measured + reference + unsure + gaps == 0) return;
  lines.push_back(
      fmt::format("Repetitions without a pair: {} measured only, {} in the reference only, {} "
                  "whose side is "
                  "unsure, {} with a gap in a curve.",
                  measured, reference, unsure, gaps));
}

void add_interval_notes(const Comparison& comparison, std::vector<std::string>& lines) {
  const StudyRow* repetitions = whole(comparison, PairKind::repetition);
  const StudyRow* times = whole(comparison, PairKind::time);
  lines.emplace_back("Parentheses: 95% confidence intervals. Limits: 95% limits of agreement.");
  if (repetitions != nullptr && repetitions->agreement.pairs < kManyPairs) {
    lines.push_back(fmt::format(
        "{} repetitions are few: read the intervals rather than the values ({} or more are "
        "recommended).",
        repetitions->agreement.pairs, kManyPairs));
  }
  const std::size_t practices = comparison.practices.size();
  if (practices == 1 && times != nullptr) {
    lines.emplace_back(
        "One practice allows no intervals for pairs in time, since neighbours on a curve "
        "depend "
        "on each other.");
  }
  if (practices == 1 && repetitions != nullptr) {
    lines.emplace_back(
        "The intervals of one practice say how it would be repeated by the same person before "
        "the same camera, not by others.");
  }
  if (practices == 2) {
    lines.push_back(
        fmt::format("Intervals over practices need at least {}.", kFewestPractices));
  }
}

}  // namespace

std::string estimate_text(const std::optional<Estimate>& estimate, int decimals) {
  if (!estimate) return "-";
  std::string text = number(estimate->value, decimals);
  if (estimate->interval) {
    text += fmt::format(" ({} to {})", number(estimate->interval->low, decimals),
                        number(estimate->interval->high, decimals));
  }
  return text;
}

TextTable error_table(const std::vector<StudyRow>& rows, PairKind kind) {
  TextTable table{
      {"knee", "angle", "pairs", "practices", "bias", "MAE", "RMSE", "SD", "SEM", "MDC95"}};
  for (const StudyRow& row : rows) {
    if (row.kind != kind) continue;
    const Agreement& a = row.agreement;
    table.push_back({std::string(side_name(row.side)), range_text(row.range.name),
                     std::to_string(a.pairs), std::to_string(a.practices),
                     estimate_text(a.bias, 1), number(a.mae, 1), number(a.rmse, 1),
                     number(a.deviation, 1), number(a.sem, 1), number(a.mdc95, 1)});
  }
  return table;
}

TextTable agreement_table(const std::vector<StudyRow>& rows, PairKind kind) {
  TextTable table{{"knee", "angle", "lower limit", "upper limit", "ICC(2,1)", "ICC(3,1)"}};
  for (const StudyRow& row : rows) {
    if (row.kind != kind) continue;
    const Agreement& a = row.agreement;
    table.push_back({std::string(side_name(row.side)), range_text(row.range.name),
                     estimate_text(a.lower_limit, 1), estimate_text(a.upper_limit, 1),
                     estimate_text(a.icc_agreement, 2), estimate_text(a.icc_consistency, 2)});
  }
  return table;
}

TextTable practice_table(const Comparison& comparison) {
  TextTable table{{"practice", "shift, s", "correlation", "repetitions", "times"}};
  for (const PairedPractice& practice : comparison.practices) {
    table.push_back({practice.name, shift_text(practice.shift),
                     correlation_text(practice.shift),
                     std::to_string(count_pairs(practice.repetitions)),
                     std::to_string(count_pairs(practice.in_time))});
  }
  return table;
}

std::string heading(PairKind kind, Zero zero) {
  if (kind == PairKind::time) return "Knee flexion at each time, degrees";
  return zero == Zero::rest ? "Greatest bend of each repetition, degrees above the leg at rest"
                            : "Greatest bend of each repetition, degrees";
}

std::vector<std::string> notes(const Comparison& comparison) {
  std::vector<std::string> lines;
  add_shift_notes(comparison, lines);
  add_missing_notes(comparison, lines);
  lines.emplace_back(
      "Differences are measured minus reference. Angles are sorted by the mean of the two.");
  add_interval_notes(comparison, lines);
  return lines;
}

std::string summary_text(const Comparison& comparison) {
  std::string text =
      fmt::format("{} compared with {}\n\n", comparison.measured, comparison.reference);
  text += padded(practice_table(comparison), 1);
  const std::vector<StudyRow> rows = main_rows(comparison.rows);
  for (const PairKind kind : {PairKind::repetition, PairKind::time}) {
    if (!has_rows(comparison, kind)) continue;
    text += fmt::format("\n{}\n", heading(kind, comparison.zero));
    text += padded(error_table(rows, kind), 2) + "\n";
    text += padded(agreement_table(rows, kind), 2);
  }
  text += "\n";
  for (const std::string& line : comparison.left_out) text += line + "\n";
  for (const std::string& line : notes(comparison)) text += line + "\n";
  return text;
}

}  // namespace matside::agreement
