// What a worker process of a batch does with one recording.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "cli/batch_folder.h"
#include "cli/program_data.h"
#include "cli/report_parts.h"
#include "core/base/result.h"
#include "practice/recording/options.h"

namespace matside::cli {

/// One recording to analyse.
struct BatchJob {
  std::size_t number = 0;
  std::filesystem::path path;
  int level = 1;
};

/// What became of it.
struct BatchAnswer {
  std::size_t number = 0;
  std::string key;      ///< Of the saved result; empty: none is saved.
  bool reused = false;  ///< The result was there already.
  std::string kind;     ///< Of a failure; empty: none.
  std::string reason;
};

/// Everything a worker needs. Only read after the processes have started.
struct BatchContext {
  const BatchFolder& folder;
  const ProgramData& data;
  const ReportParts* report;  ///< Null: write no reports.
  recording::PracticeOptions practice;
  std::string settings;  ///< As batch_settings().
};

/// All that decides a result besides the recording and its level, as JSON: program, exercise,
/// model, options.
/// @returns ErrorKind::input if the file of --markers can't be read
base::Result<std::string> batch_settings(const recording::PracticeOptions& practice,
                                         const ProgramData& data, bool reports);

// Both sides of the pipe between the processes.
std::string line_of(const BatchJob& job);
std::string line_of(const BatchAnswer& answer);
/// @returns nothing for a line that the other side can't have written
std::optional<BatchJob> job_in(const std::string& line);
std::optional<BatchAnswer> answer_in(const std::string& line);

/// Analyses a recording and saves the result, unless the dataset has it already. A recording
/// that can't be used is a result, too. What may be different the next time (a file that
/// disappears, a full disk, an interruption) isn't saved.
BatchAnswer run_job(const BatchJob& job, const BatchContext& context);

/// An error's message without the recording's path that it begins with, as in failures.csv.
std::string reason_without_path(const std::string& message, const std::filesystem::path& path);

/// The name of an error's kind in failures.csv.
std::string kind_name(base::ErrorKind kind);

}  // namespace matside::cli
