// Writes the tables and the overview page of a dataset from its saved results.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "batch/recording_list.h"
#include "batch/tables.h"
#include "cli/batch_folder.h"
#include "core/base/result.h"

namespace matside::cli {

/// What became of one recording.
struct BatchOutcome {
  std::string key;     ///< Of the saved result; empty: it failed without one.
  std::string kind;    ///< Of a failure without a saved result ...
  std::string reason;  ///< ... and why.
};

/// What the tables have.
struct TableCounts {
  std::size_t practices = 0;
  std::size_t failures = 0;
};

/// Writes practices.csv, repetitions.csv, faults.csv, readings.csv, knee_angles.csv,
/// failures.csv, dataset.sqlite and index.html. Each appears complete or not at all and
/// replaces the one before. The same recordings with the same results give the same bytes.
/// @param outcomes  of each recording
/// @returns ErrorKind::output if a file can't be written or a saved result has disappeared
base::Result<TableCounts> write_tables(const BatchFolder& folder,
                                       const std::vector<batch::ListedRecording>& recordings,
                                       const std::vector<BatchOutcome>& outcomes);

}  // namespace matside::cli
