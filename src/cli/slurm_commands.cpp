#include "cli/slurm_commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <sstream>

#include "cli/command_output.h"
#include "cli/counted.h"
#include "core/base/printable_text.h"

namespace matside::cli {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

// Slurm's commands try again for up to a minute where the controller doesn't answer.
constexpr std::chrono::seconds kCommandPatience{120};

/// The last line of an error message, without the name of the program: the reason.
std::string reason_in(const std::string& errors) {
  std::istringstream lines(errors);
  std::string last;
  for (std::string line; std::getline(lines, line);) {
    if (line.find_first_not_of(" \t\r") != std::string::npos) last = line;
  }
  for (const char* beginning : {"sbatch: ", "squeue: ", "scancel: ", "error: ", "fatal: "}) {
    if (last.starts_with(beginning)) last.erase(0, std::string(beginning).size());
  }
  return last.empty() ? "it gave no reason" : base::printable_line(last);
}

/// A path as sbatch wants it for output, where a percent sign begins the number of a job.
std::string without_patterns(const std::string& path) {
  std::string text;
  for (const char each : path) text += each == '%' ? "%%" : std::string(1, each);
  return text;
}

Error missing_command(const std::string& program) {
  return {ErrorKind::usage,
          program +
              " is missing: run this on a computer of the cluster that has Slurm's "
              "commands (Debian: apt install slurm-client)"};
}

/// Runs one of Slurm's commands. @returns what it prints; an error of that kind if it fails
Result<std::string> output_of(const std::vector<std::string>& words, const std::string& input,
                              ErrorKind kind) {
  auto done = run_command(words, input, kCommandPatience);
  if (!done) {
    return done.error().kind == ErrorKind::not_found ? missing_command(words.front())
                                                     : done.error();
  }
  if (done.value().exit_code == 0) return std::move(done.value().output);
  return Error{kind, words.front() + ": " + reason_in(done.value().errors)};
}

}  // namespace

std::string SlurmTasks::summary() const {
  if (none()) return {};
  const auto running =
      std::ranges::count_if(at_work_by_id, [](const auto& task) { return task.second; });
  const auto waiting = static_cast<std::int64_t>(at_work_by_id.size()) - running;
  std::string text = counted(running, "task") + (running == 1 ? " runs" : " run");
  if (waiting > 0) text += fmt::format(", {} wait{}", waiting, waiting == 1 ? "s" : "");
  const auto said =
      std::ranges::find_if(reasons, [](const auto& each) { return each != "None"; });
  if (said != reasons.end()) text += " (" + *said + ")";
  return text;
}

bool SlurmTasks::all_wait_for(const std::string& reason) const {
  const auto waits = [](const auto& task) { return !task.second; };
  return std::ranges::all_of(at_work_by_id, waits) && reasons == std::set<std::string>{reason};
}

SlurmTasks tasks_in(const std::string& squeue) {
  SlurmTasks tasks;
  std::istringstream lines(squeue);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t state_at = line.find('|');
    const std::size_t reason_at = line.find('|', state_at + 1);
    // With several clusters, squeue prints their names.
    if (state_at == std::string::npos || reason_at == std::string::npos) continue;
    const std::string state = line.substr(state_at + 1, reason_at - state_at - 1);
    const std::string reason = line.substr(reason_at + 1);
    // Nothing of a task that waits runs anywhere: one that was requeued has ended first.
    const bool waits = state == "PENDING" || state == "REQUEUED" || state == "REQUEUE_HOLD" ||
                       state == "SPECIAL_EXIT";
    tasks.at_work_by_id[line.substr(0, state_at)] = !waits;
    if (waits) tasks.reasons.insert(base::printable_line(reason));
  }
  return tasks;
}

std::vector<std::string> SlurmJobs::own_jobs(const char* program) const {
  std::vector<std::string> words{program, "--me", "--name=" + name_};
  if (!options_.clusters.empty()) words.push_back("--clusters=" + options_.clusters);
  return words;
}

Result<std::string> SlurmJobs::submit(std::size_t tasks, const std::string& script,
                                      const std::filesystem::path& logs) const {
  // It would make sbatch wait for the end of the job.
  ::unsetenv("SBATCH_WAIT");
  std::vector<std::string> words{"sbatch",
                                 "--parsable",
                                 "--job-name=" + name_,
                                 fmt::format("--array=0-{}", tasks - 1),
                                 "--nodes=1",
                                 "--ntasks=1",
                                 "--requeue",
                                 "--open-mode=append",
                                 "--output=" + without_patterns(logs.string()) + "/%A_%a.log"};
  words.insert(words.end(), options_.words.begin(), options_.words.end());
  auto job = output_of(words, script, ErrorKind::usage);
  if (!job) return job.error();
  // NUMBER or NUMBER;CLUSTER
  const std::string number = job.value().substr(0, job.value().find_first_of(";\n"));
  if (!number.empty() && number.find_first_not_of("0123456789") == std::string::npos)
    return number;
  return Error{ErrorKind::output, "sbatch gave no job number, but " +
                                      base::printable_line(job.value().substr(0, 200))};
}

Result<SlurmTasks> SlurmJobs::tasks() const {
  std::vector<std::string> words = own_jobs("squeue");
  words.insert(words.end(), {"--noheader", "--array", "--format=%i|%T|%r"});
  const auto printed = output_of(words, "", ErrorKind::output);
  if (!printed) return printed.error();
  return tasks_in(printed.value());
}

Result<void> SlurmJobs::cancel() const {
  const auto done = output_of(own_jobs("scancel"), "", ErrorKind::output);
  return done ? Result<void>() : done.error();
}

}  // namespace matside::cli
