#include "cli/slurm_worker.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "batch/work_queue.h"
#include "cli/batch_folder.h"
#include "cli/batch_run.h"
#include "cli/batch_setup.h"
#include "cli/batch_worker.h"
#include "cli/command_parser.h"
#include "cli/diagnostics.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/worker_pool.h"
#include "files/input_file.h"
#include "formats/strict_json/node.h"

namespace matside::cli {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::size_t kMostProcesses = 256;
constexpr std::size_t kMaxSettings_bytes = std::size_t{1} << 20;

std::string environment_value(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::string own_computer() {
  std::string node = environment_value("SLURMD_NODENAME");
  if (!node.empty()) return node;
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "a computer";
}

std::size_t given_processors() {
  const std::string text = environment_value("SLURM_CPUS_ON_NODE");
  std::size_t count = 1;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return std::clamp<std::size_t>(count, 1, kMostProcesses);
}

/// 12_3. for task 3 of array 12; empty outside Slurm.
std::string task_prefix() {
  const std::string job = environment_value("SLURM_ARRAY_JOB_ID");
  const std::string task = environment_value("SLURM_ARRAY_TASK_ID");
  return job.empty() || task.empty() ? std::string() : job + "_" + task + ".";
}

/// The recordings that this task takes from the queue.
class QueueSource : public BatchSource {
 public:
  QueueSource(batch::WorkQueue& queue, std::string owner)
      : queue_(queue), owner_(std::move(owner)) {}

  Result<std::optional<BatchJob>> next() override;
  Result<void> finish(const BatchAnswer& answer) override;
  /// Leaves what isn't finished to others.
  void give_back();
  /// The recording that this computer can't read; empty: none.
  [[nodiscard]] const std::string& unreadable() const { return unreadable_; }

 private:
  batch::WorkQueue& queue_;
  std::string owner_;
  std::size_t last_number_ = 0;
  std::map<std::size_t, std::pair<batch::Claim, BatchJob>> claims_;
  std::string unreadable_;
};

Result<std::optional<BatchJob>> QueueSource::next() {
  auto taken = queue_.take(owner_);
  if (!taken) return taken.error();
  if (!taken.value()) return std::optional<BatchJob>();
  batch::Claim claim = std::move(*std::move(taken).value());
  auto job = job_in(claim.text);
  if (!job) return Error{ErrorKind::output, "the queue's item " + claim.id + " is damaged"};
  job->number = ++last_number_;
  claims_.emplace(job->number, std::pair{std::move(claim), *job});
  return job;
}

Result<void> QueueSource::finish(const BatchAnswer& answer) {
  const auto at = claims_.find(answer.number);
  const auto& [claim, job] = at->second;
  if (answer.key.empty() && answer.kind == kind_name(ErrorKind::input)) {
    // The computer that waits could open it.
    unreadable_ = claim.id;
    return Error{ErrorKind::input, job.path.string() + ": " + answer.reason};
  }
  BatchAnswer outcome = answer;
  outcome.number = 0;
  if (auto saved = queue_.finish(claim, line_of(outcome)); !saved) return saved;
  claims_.erase(at);
  return {};
}

void QueueSource::give_back() {
  for (const auto& [number, each] : claims_) (void)queue_.give_back(each.first);
  claims_.clear();
}

Result<void> work_on_queue(const SlurmWorkerCommand& command, batch::WorkQueue& queue,
                           QueueSource& source) {
  const auto setup = load_batch_setup(command.exercise, command.practice, command.reports);
  if (!setup) return setup.error();
  const auto settings = files::read_file(queue.path() / "settings.json", kMaxSettings_bytes);
  if (!settings) return settings.error();
  if (settings.value() != setup.value().settings) {
    return Error{ErrorKind::usage,
                 why_settings_differ(setup.value().settings, settings.value())};
  }
  const BatchFolder folder = BatchFolder::join(command.dataset, queue.unfinished());
  const auto& report = setup.value().report;
  const BatchContext context{folder, setup.value().data, report ? &*report : nullptr,
                             command.practice, setup.value().settings};
  auto pool = WorkerPool::start(given_processors(), [&context](const std::string& line) {
    const auto job = job_in(line);
    return job ? line_of(run_job(*job, context)) : std::string("{}");
  });
  if (!pool) return pool.error();
  return run_batch_jobs(source, pool.value(), [] {});
}

}  // namespace

std::string why_settings_differ(const std::string& own, const std::string& of_batch) {
  strict_json::FirstError problem("settings");
  const nlohmann::json mine = strict_json::parse_strictly(own, problem);
  const nlohmann::json theirs = strict_json::parse_strictly(of_batch, problem);
  if (!mine.is_object() || !theirs.is_object()) return "the settings of the batch are damaged";
  const auto text = [](const auto& settings, const char* key) {
    const auto found = settings.find(key);
    return found == settings.end() ? std::string("unknown") : found->dump();
  };
  if (text(mine, "program") != text(theirs, "program") ||
      text(mine, "build") != text(theirs, "build")) {
    return "has Matside " + text(mine, "program") + " (" + text(mine, "build") +
           "), but the batch was started by " + text(theirs, "program") + " (" +
           text(theirs, "build") + "); install the same version on every computer";
  }
  std::string names;
  for (const auto& [key, value] : theirs.items()) {
    if (text(mine, key.c_str()) != value.dump()) names += (names.empty() ? "" : ", ") + key;
  }
  return "has other settings than the batch: " + names;
}

int run_slurm_worker(const SlurmWorkerCommand& command) {
  const std::string task = task_prefix();
  if (task.empty()) {
    return fail(usage_error("--slurm-worker is only for the tasks that --slurm submits"));
  }
  auto queue = batch::WorkQueue::open(command.queue);
  if (!queue) return fail(queue.error());
  const std::string restarts = environment_value("SLURM_RESTART_COUNT");
  const std::string owner = task + (restarts.empty() ? "0" : restarts);
  // Slurm starts a task again only when it has ended.
  if (auto given = queue.value().give_back_all(task); !given) return fail(given.error());
  QueueSource source(queue.value(), owner);
  const auto done = work_on_queue(command, queue.value(), source);
  source.give_back();
  if (stop_requested()) return kExitInterrupted;
  if (done) return kExitOk;
  const std::string problem = own_computer() + ": " + done.error().message;
  (void)queue.value().report(owner, problem + "\n" + source.unreadable());
  return fail(Error{done.error().kind, problem});
}

}  // namespace matside::cli
