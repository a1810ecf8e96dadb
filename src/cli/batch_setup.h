// What every process of a batch needs besides the recordings.
#pragma once

#include <optional>
#include <string>

#include "cli/program_data.h"
#include "cli/report_parts.h"
#include "core/base/result.h"
#include "practice/recording/options.h"

namespace matside::cli {

struct BatchSetup {
  ProgramData data;
  std::optional<ReportParts> report;  ///< Nothing: write no reports.
  std::string settings;               ///< As batch_settings().

  /// The greatest level of any exercise that a recording may be of.
  [[nodiscard]] int highest_level() const;
};

/// @returns as load_program_data(); ErrorKind::model if the program's own files are damaged,
///   ErrorKind::input if the file of --markers can't be read
base::Result<BatchSetup> load_batch_setup(const ExerciseChoice& exercise,
                                          const recording::PracticeOptions& practice,
                                          bool reports);

}  // namespace matside::cli
