// An array task of a batch on Slurm: analyses recordings of a queue until there are none left.
#pragma once

#include <filesystem>
#include <string>

#include "cli/program_data.h"
#include "practice/recording/options.h"

namespace matside::cli {

/// How the waiting command starts a task (slurm_batch.h).
struct SlurmWorkerCommand {
  std::filesystem::path queue;    ///< batch::WorkQueue
  std::filesystem::path dataset;  ///< Where results are saved.
  ExerciseChoice exercise;
  recording::PracticeOptions practice;
  bool reports = true;
};

/// Runs one worker process on each processor that Slurm gave the task. A computer that can't do
/// the work (another version of the program, a recording that it can't see) leaves a reason in
/// the queue, and the recordings to others.
/// @returns the program's exit code
int run_slurm_worker(const SlurmWorkerCommand& command);

/// Why a program with settings `own` can't work for a batch with other settings; both as
/// batch_settings().
std::string why_settings_differ(const std::string& own, const std::string& of_batch);

}  // namespace matside::cli
