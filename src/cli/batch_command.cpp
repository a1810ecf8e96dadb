#include "cli/batch_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "batch/recording_list.h"
#include "cli/batch_folder.h"
#include "cli/batch_progress.h"
#include "cli/batch_run.h"
#include "cli/batch_setup.h"
#include "cli/batch_tables.h"
#include "cli/batch_worker.h"
#include "cli/counted.h"
#include "cli/diagnostics.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/output_file.h"
#include "cli/worker_pool.h"

namespace matside::cli {
namespace {

using base::Result;
using batch::ListedRecording;

/// What became of the recordings.
struct BatchResult {
  std::vector<BatchOutcome> outcomes;
  BatchState state;
};

/// The recordings of a batch on this computer.
class ListedSource : public BatchSource {
 public:
  ListedSource(const std::vector<ListedRecording>& recordings, int level)
      : recordings_(recordings), level_(level) {
    result_.outcomes.resize(recordings.size());
    result_.state.total = recordings.size();
  }

  Result<std::optional<BatchJob>> next() override {
    if (next_ == recordings_.size()) return std::optional<BatchJob>();
    const std::size_t number = next_++;
    const ListedRecording& listed = recordings_[number];
    return std::optional(BatchJob{number, listed.path, listed.level.value_or(level_)});
  }
  Result<void> finish(const BatchAnswer& answer) override {
    result_.outcomes[answer.number] = {answer.key, answer.kind, answer.reason};
    ++result_.state.done;
    result_.state.failed += answer.kind.empty() ? 0 : 1;
    result_.state.reused += answer.reused ? 1 : 0;
    return {};
  }
  [[nodiscard]] const BatchResult& result() const { return result_; }

 private:
  const std::vector<ListedRecording>& recordings_;
  int level_;
  std::size_t next_ = 0;
  BatchResult result_;
};

Result<BatchResult> analyse_here(const BatchCommand& command, const BatchSetup& setup,
                                 const BatchFolder& folder,
                                 const std::vector<ListedRecording>& recordings) {
  const BatchContext context{folder, setup.data, setup.report ? &*setup.report : nullptr,
                             command.practice, setup.settings};
  const auto workers =
      std::clamp<std::size_t>(static_cast<std::size_t>(command.practice.threads), 1,
                              std::max<std::size_t>(recordings.size(), 1));
  auto pool = WorkerPool::start(workers, [&context](const std::string& line) {
    const auto job = job_in(line);
    return job ? line_of(run_job(*job, context)) : std::string("{}");
  });
  if (!pool) return pool.error();
  ListedSource source(recordings, command.practice.level);
  BatchProgress progress(!command.quiet);
  const auto done =
      run_batch_jobs(source, pool.value(), [&] { progress.show(source.result().state); });
  if (!done) return done.error();
  return source.result();
}

Result<std::size_t> print_result(const BatchCommand& command, const BatchState& state,
                                 const TableCounts& counts) {
  if (command.quiet) return counts.failures;
  const std::string folder = command.dataset.string();
  std::string text = counted(static_cast<std::int64_t>(counts.practices), "practice");
  text += fmt::format(" in {}", folder);
  if (state.reused > 0) {
    text += fmt::format(" ({} of {} recordings were done before)", state.reused, state.total);
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

/// How a batch ended.
struct BatchEnd {
  std::size_t failures = 0;
  std::string stopped;  ///< What became of it where stop_requested().
};

std::string stopped_text(const BatchState& state) {
  return counted(static_cast<std::int64_t>(state.done), "recording") +
         " done; run the same command to continue";
}

Result<BatchEnd> run_batch_in(const BatchCommand& command) {
  const auto setup = load_batch_setup(command.exercise, command.practice, command.reports);
  if (!setup) return setup.error();
  const auto recordings =
      batch::list_recordings(command.inputs, command.dataset, setup.value().highest_level());
  if (!recordings) return recordings.error();
  const auto folder = BatchFolder::open(command.dataset);
  if (!folder) return folder.error();
  BatchResult result;
  BatchEnd end;
  if (command.slurm) {
    auto done = run_on_slurm(*command.slurm, folder.value(), recordings.value(),
                             setup.value().settings, command.practice.level, command.quiet);
    if (!done) return done.error();
    if (!done.value().stopped.empty()) end.stopped = done.value().stopped + "; ";
    result = {std::move(done.value().outcomes), done.value().state};
  } else {
    auto done = analyse_here(command, setup.value(), folder.value(), recordings.value());
    if (!done) return done.error();
    result = std::move(done).value();
  }
  if (stop_requested()) {
    end.stopped += stopped_text(result.state);
    return end;
  }
  const auto counts = write_tables(folder.value(), recordings.value(), result.outcomes);
  if (!counts) return counts.error();
  const auto printed = print_result(command, result.state, counts.value());
  if (!printed) return printed.error();
  end.failures = printed.value();
  return end;
}

}  // namespace

int run_batch(const BatchCommand& command) {
  const auto end = run_batch_in(command);
  if (stop_requested()) {
    return report_stopped(command.dataset, end && !end.value().stopped.empty()
                                               ? end.value().stopped
                                               : "nothing was changed");
  }
  if (!end) return fail(end.error());
  return end.value().failures > 0 ? kExitInput : kExitOk;
}

}  // namespace matside::cli
