// A batch on Slurm, from the side of the command that waits for it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "batch/recording_list.h"
#include "batch/slurm_options.h"
#include "cli/batch_folder.h"
#include "cli/batch_progress.h"
#include "cli/batch_tables.h"
#include "core/base/result.h"

namespace matside::cli {

/// What --slurm asks for.
struct SlurmRequest {
  batch::SlurmOptions options;
  std::size_t tasks = 0;               ///< At most so many array tasks.
  std::vector<std::string> arguments;  ///< The options of the analysis, for the tasks.
};

/// What became of the recordings.
struct SlurmOutcome {
  std::vector<BatchOutcome> outcomes;  ///< Of each recording; complete unless stopped.
  BatchState state;
  std::string stopped;  ///< What became of Slurm's tasks where stop_requested().
};

/// Analyses the recordings in an array job and waits for its end. What a task leaves
/// unfinished, others take; where none is left, a further array is submitted. Recordings that
/// were analysed before, and haven't changed since, are not submitted. A command that was
/// killed is continued by the next: it waits for the tasks that are still there.
/// @param settings  as batch_settings()
/// @param level  of recordings without one
/// @returns ErrorKind::usage if sbatch is missing or refuses, ErrorKind::output if the tasks
/// end
///   without analysing anything, or the disk fails
base::Result<SlurmOutcome> run_on_slurm(const SlurmRequest& request, const BatchFolder& folder,
                                        const std::vector<batch::ListedRecording>& recordings,
                                        const std::string& settings, int level, bool quiet);

}  // namespace matside::cli
