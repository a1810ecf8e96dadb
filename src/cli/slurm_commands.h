// sbatch, squeue and scancel.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "batch/slurm_options.h"
#include "core/base/result.h"

namespace matside::cli {

/// The array tasks of one batch that Slurm knows and that haven't ended.
struct SlurmTasks {
  std::map<std::string, bool> at_work_by_id;  ///< 12_3: false while it waits.
  std::set<std::string> reasons;              ///< Slurm's, of those that wait: Priority.

  [[nodiscard]] bool none() const { return at_work_by_id.empty(); }
  /// Whether none is at work, and each waits for this reason.
  [[nodiscard]] bool all_wait_for(const std::string& reason) const;
  /// "2 tasks run, 8 wait (Resources)"
  [[nodiscard]] std::string summary() const;
};

/// The array jobs of one name. Slurm finds them by it, so that nothing has to be remembered.
class SlurmJobs {
 public:
  SlurmJobs(batch::SlurmOptions options, std::string name)
      : options_(std::move(options)), name_(std::move(name)) {}

  /// Submits an array.
  /// @param script  for a POSIX shell; one runs for each task
  /// @param logs  the folder for what it prints
  /// @returns the number of the job; ErrorKind::usage if sbatch is missing or refuses
  [[nodiscard]] base::Result<std::string> submit(std::size_t tasks, const std::string& script,
                                                 const std::filesystem::path& logs) const;
  /// @returns ErrorKind::output if Slurm doesn't answer
  [[nodiscard]] base::Result<SlurmTasks> tasks() const;
  /// Ends all tasks. Fails likewise.
  [[nodiscard]] base::Result<void> cancel() const;

 private:
  [[nodiscard]] std::vector<std::string> own_jobs(const char* program) const;

  batch::SlurmOptions options_;
  std::string name_;
};

/// Reads what squeue prints for `%i|%T|%r`.
SlurmTasks tasks_in(const std::string& squeue);

}  // namespace matside::cli
