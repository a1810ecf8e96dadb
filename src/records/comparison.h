// Compares two practices, and separates real differences from measurement error.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/exercise/definition.h"
#include "core/exercise/measured_value.h"
#include "records/result_document.h"

namespace matside::records {

/// One measure of both practices; absent where it was not measured.
struct MeasureComparison {
  std::string id;  ///< As in the result file; also "clean_share", "fault_hips_lift" and so on.
  std::string name;  ///< For people.
  std::string unit;  ///< "degrees", "s" or "%"; empty: a plain number.
  int decimals = 0;
  std::optional<exercise::Measured> before;
  std::optional<exercise::Measured> after;
  std::optional<exercise::Difference> difference;  ///< After minus before, where both exist.
};

struct Comparison {
  std::vector<MeasureComparison> values;
  /// Repetitions, from 1, that two scorings of the same practice report differently. The caller
  /// fills it; see changed_repetitions.
  std::vector<int> changed_repetitions;
};

/// Compares all measures. Shares of repetitions are estimates too: their error follows from the
/// number of repetitions.
/// @source Agresti and Caffo 2000: one success and one failure added to each sample, for the
///   standard deviation of a share
Comparison compare(const ResultDocument& before, const ResultDocument& after,
                   const exercise::Definition& exercise);

/// @returns the repetitions, from 1, that two scorings of one practice report differently
std::vector<int> changed_repetitions(const ResultDocument& before, const ResultDocument& after);

/// Writes matside.comparison/1: each measure with its standard deviation, and the differences.
/// @param before, after  names of the practices, for the document
std::string comparison_json(const Comparison& comparison, const std::string& before,
                            const std::string& after);

}  // namespace matside::records
