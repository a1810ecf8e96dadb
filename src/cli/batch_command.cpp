#include "cli/batch_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <optional>
#include <utility>

#include "batch/recording_list.h"
#include "cli/batch_folder.h"
#include "cli/batch_progress.h"
#include "cli/batch_tables.h"
#include "cli/batch_worker.h"
#include "cli/counted.h"
#include "cli/diagnostics.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/output_file.h"
#include "cli/program_data.h"
#include "cli/report_parts.h"
#include "cli/worker_pool.h"

namespace matside::cli {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using batch::ListedRecording;

// So often does the line show the time that is left.
constexpr std::chrono::milliseconds kTick{200};
// A worker that was killed once may have been the largest process when memory was short.
constexpr int kMostTries = 2;

/// Gives recordings to workers until each has an outcome.
class Batch {
 public:
  Batch(const std::vector<ListedRecording>& recordings, int level, WorkerPool& pool)
      : recordings_(recordings), level_(level), pool_(pool), outcomes_(recordings.size()) {
    for (std::size_t i = 0; i < recordings.size(); ++i) waiting_.push_back(i);
    state_.total = recordings.size();
  }

  /// @returns ErrorKind::model or output for what no further recording could be saved after
  Result<void> run(bool show_progress);
  [[nodiscard]] const std::vector<BatchOutcome>& outcomes() const { return outcomes_; }
  [[nodiscard]] const BatchState& state() const { return state_; }

 private:
  void give_next(std::size_t worker);
  Result<void> handle(const WorkerPool::Event& event);
  Result<void> handle_answer(std::size_t worker, const std::string& line);
  Result<void> handle_end(const WorkerPool::Event& event);
  void finish(std::size_t number, BatchOutcome outcome, bool failed, bool reused);

  const std::vector<ListedRecording>& recordings_;
  int level_;
  WorkerPool& pool_;
  std::vector<BatchOutcome> outcomes_;
  std::deque<std::size_t> waiting_;
  std::vector<std::optional<std::size_t>> working_on_;
  std::vector<int> tries_;
  BatchState state_;
};

void Batch::give_next(std::size_t worker) {
  working_on_[worker].reset();
  if (waiting_.empty()) return;
  const std::size_t number = waiting_.front();
  waiting_.pop_front();
  working_on_[worker] = number;
  ++tries_[number];
  const ListedRecording& listed = recordings_[number];
  pool_.give(worker, line_of(BatchJob{number, listed.path, listed.level.value_or(level_)}));
}

void Batch::finish(std::size_t number, BatchOutcome outcome, bool failed, bool reused) {
  outcomes_[number] = std::move(outcome);
  ++state_.done;
  state_.failed += failed ? 1 : 0;
  state_.reused += reused ? 1 : 0;
}

Result<void> Batch::handle_answer(std::size_t worker, const std::string& line) {
  const auto answer = answer_in(line);
  if (!answer || answer->number != working_on_[worker]) {
    return Error{ErrorKind::output, "a worker process gave an answer that makes no sense"};
  }
  const bool failed = !answer->kind.empty();
  if (answer->key.empty() && (answer->kind == kind_name(ErrorKind::model) ||
                              answer->kind == kind_name(ErrorKind::output))) {
    const bool model = answer->kind == kind_name(ErrorKind::model);
    return Error{model ? ErrorKind::model : ErrorKind::output, answer->reason};
  }
  if (stop_requested()) return {};
  finish(answer->number, {answer->key, answer->kind, answer->reason}, failed, answer->reused);
  give_next(worker);
  return {};
}

Result<void> Batch::handle_end(const WorkerPool::Event& event) {
  if (stop_requested()) return {};
  if (const auto number = working_on_[event.worker]) {
    if (tries_[*number] < kMostTries) {
      waiting_.push_back(*number);
    } else {
      finish(*number, {"", "crash", "the worker process ended twice (" + event.end + ")"}, true,
             false);
    }
  }
  if (auto started = pool_.restart(event.worker); !started) return started;
  give_next(event.worker);
  return {};
}

Result<void> Batch::handle(const WorkerPool::Event& event) {
  return event.answer ? handle_answer(event.worker, *event.answer) : handle_end(event);
}

Result<void> Batch::run(bool show_progress) {
  working_on_.resize(pool_.size());
  tries_.resize(recordings_.size());
  BatchProgress progress(show_progress);
  for (std::size_t worker = 0; worker < pool_.size(); ++worker) give_next(worker);
  while (state_.done < state_.total && !stop_requested()) {
    if (const auto event = pool_.wait(kTick)) {
      if (auto handled = handle(*event); !handled) return handled;
    }
    progress.show(state_);
  }
  return {};
}

Result<std::size_t> print_result(const BatchCommand& command, const Batch& batch,
                                 const TableCounts& counts) {
  if (command.quiet) return counts.failures;
  const std::string folder = command.dataset.string();
  std::string text = counted(static_cast<std::int64_t>(counts.practices), "practice");
  text += fmt::format(" in {}", folder);
  if (batch.state().reused > 0) {
    text += fmt::format(" ({} of {} recordings were done before)", batch.state().reused,
                        batch.state().total);
  }
  text += "\n";
  if (counts.failures > 0) {
    text += counted(static_cast<std::int64_t>(counts.failures), "recording");
    text += fmt::format(" could not be used; the reasons are in {}\n",
                        (command.dataset / "failures.csv").string());
  }
  text += fmt::format("Overview: {}\n", (command.dataset / "index.html").string());
  if (auto written = write_to_standard_output(text); !written) return written.error();
  return counts.failures;
}

/// @returns how many recordings failed
Result<std::size_t> run_batch_in(const BatchCommand& command) {
  const auto data = load_program_data();
  if (!data) return data.error();
  std::optional<ReportParts> report;
  if (command.reports) {
    auto parts = load_report_parts(data.value().folder);
    if (!parts) return parts.error();
    report = std::move(parts).value();
  }
  const auto recordings = batch::list_recordings(command.inputs, command.dataset,
                                                 data.value().exercise.highest_level());
  if (!recordings) return recordings.error();
  const auto settings = batch_settings(command.practice, data.value(), command.reports);
  if (!settings) return settings.error();
  const auto folder = BatchFolder::open(command.dataset);
  if (!folder) return folder.error();
  const BatchContext context{folder.value(), data.value(), report ? &*report : nullptr,
                             command.practice, settings.value()};
  const auto workers =
      std::clamp<std::size_t>(static_cast<std::size_t>(command.practice.threads), 1,
                              std::max<std::size_t>(recordings.value().size(), 1));
  auto pool = WorkerPool::start(workers, [&context](const std::string& line) {
    const auto job = job_in(line);
    return job ? line_of(run_job(*job, context)) : std::string("{}");
  });
  if (!pool) return pool.error();
  Batch batch(recordings.value(), command.practice.level, pool.value());
  if (auto done = batch.run(!command.quiet); !done) return done.error();
  if (stop_requested()) return batch.state().done;
  const auto counts = write_tables(folder.value(), recordings.value(), batch.outcomes());
  if (!counts) return counts.error();
  return print_result(command, batch, counts.value());
}

}  // namespace

int run_batch(const BatchCommand& command) {
  const auto failures = run_batch_in(command);
  if (stop_requested()) {
    return report_stopped(
        command.dataset,
        failures
            ? fmt::format("{} done; run the same command to continue",
                          counted(static_cast<std::int64_t>(failures.value()), "recording"))
            : "nothing was changed");
  }
  if (!failures) return fail(failures.error());
  return failures.value() > 0 ? kExitInput : kExitOk;
}

}  // namespace matside::cli
