// `matside analyze`: videos, photos and pose files in, result files out.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/program_data.h"
#include "core/base/calendar_time.h"
#include "practice/recording/options.h"

namespace matside::cli {

/// The options of `matside analyze`, validated.
struct AnalyzeCommand {
  std::vector<std::filesystem::path> inputs;
  recording::PracticeOptions practice;
  ExerciseChoice exercise;
  std::optional<std::filesystem::path> json;   ///< A file, a folder, or "-".
  std::optional<std::filesystem::path> poses;  ///< A file or a folder.
  bool force = false;                          ///< Overwrite existing files.
  bool quiet = false;                          ///< No progress bar and no summary.
  bool record = false;                         ///< Also save each input as a practice ...
  std::string person;                          ///< ... of this person; empty: the only one ...
  std::optional<std::filesystem::path> data;   ///< ... in the records of this folder.
  bool again = false;                          ///< Save it even if the records have it already.
  std::optional<base::ZonedTime> date;         ///< When it was recorded; else as the file says.
};

/// Analyses each input in turn and writes its result. After a failure it continues with the
/// next input. Errors go to standard error, one line each.
/// @returns the exit code of the first failure, or kExitInterrupted
int analyze(const AnalyzeCommand& command);

}  // namespace matside::cli
