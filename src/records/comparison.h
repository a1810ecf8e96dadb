// Two practices side by side: what is different, and what is within the measurement's noise.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/exercise/definition.h"
#include "core/exercise/measured.h"
#include "records/result_document.h"

namespace matside::records {

/// One value of both; absent where it was not measured.
struct ComparedValue {
  std::string id;    ///< as in the result file; clean_share, fault_hips_lift
  std::string name;  ///< for a person
  std::string unit;  ///< degrees, s, %; empty: a plain number
  int decimals = 0;
  std::optional<exercise::Measured> before;
  std::optional<exercise::Measured> after;
  /// After less before; nothing where one is absent.
  std::optional<exercise::Difference> difference;
};

struct Comparison {
  std::vector<ComparedValue> values;
  /// Places, from 1, of repetitions that the two tell differently; of the same practice judged
  /// twice alone.
  std::vector<int> told_differently;
};

/// Shares of repetitions (clean ones, each fault) are estimates, too: what twenty repetitions
/// show, they show with the noise of twenty.
/// @source Agresti and Caffo 2000: one success and one failure added to each, for a share's
///   standard deviation
Comparison compare(const ResultDocument& before, const ResultDocument& after,
                   const exercise::Definition& exercise);

/// The repetitions of one practice, as two judgements tell them.
std::vector<int> told_differently(const ResultDocument& before, const ResultDocument& after);

/// matside.comparison/1: every value of both with its deviation, and the differences.
std::string comparison_json(const Comparison& comparison, const std::string& before,
                            const std::string& after);

}  // namespace matside::records
