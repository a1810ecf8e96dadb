// A study in words and tables, for a terminal and for a page.
#pragma once

#include <string>
#include <vector>

#include "agreement/study.h"

namespace matside::agreement {

/// Two measurements of one or many practices, compared.
struct Comparison {
  std::string measured;  ///< What a person calls it: a file's or folder's name.
  std::string reference;
  Zero zero = Zero::straight;
  std::vector<PairedPractice> practices;
  /// What was in one of the two only, and what couldn't be paired, with the reason; a line
  /// each.
  std::vector<std::string> left_out;
  std::vector<StudyRow> rows;  ///< study() of the practices.
};

/// A table of texts; the first row is its header.
using TextTable = std::vector<std::vector<std::string>>;

/// "-2.1 (-4.0 to -0.2)": the value and its interval; "-" where there is none.
std::string estimate_text(const std::optional<Estimate>& estimate, int decimals);

/// Errors of these rows: pairs, bias, MAE, RMSE, SD, SEM and MDC95.
TextTable error_table(const std::vector<StudyRow>& rows, PairKind kind);
/// Their limits of agreement and coefficients.
TextTable agreement_table(const std::vector<StudyRow>& rows, PairKind kind);
/// One row for each practice: its shift, and what was paired.
TextTable practice_table(const Comparison& comparison);

/// What the pairs of that kind are, with their unit, as a heading.
std::string heading(PairKind kind, Zero zero);
/// What a reader must know to read the numbers: a sentence a line.
std::vector<std::string> notes(const Comparison& comparison);

/// Everything as text of a terminal.
std::string summary_text(const Comparison& comparison);

}  // namespace matside::agreement
