// `matside batch`: many recordings into tables.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/program_data.h"
#include "cli/slurm_batch.h"
#include "practice/recording/options.h"

namespace matside::cli {

/// The options of `matside batch`, validated.
struct BatchCommand {
  std::vector<std::string> inputs;  ///< Files, folders, globs and manifests.
  std::filesystem::path dataset;
  ExerciseChoice exercise;
  recording::PracticeOptions practice;  ///< `threads`: how many worker processes.
  std::optional<SlurmRequest> slurm;    ///< Nothing: analyse on this computer.
  bool reports = true;
  bool quiet = false;
};

/// Analyses each recording in one of several worker processes, or in tasks of Slurm's, and
/// writes the tables. A recording that can't be used doesn't stop it; failures.csv names it.
/// Results that the dataset has already aren't made again. Errors go to standard error, one
/// line each.
/// @returns the program's exit code: kExitInput where a recording failed, kExitInterrupted
///   before the tables are written
int run_batch(const BatchCommand& command);

}  // namespace matside::cli
