#include "cli/batch_run.h"

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cli/interrupt.h"

namespace matside::cli {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

// So often does the line show the time that is left.
constexpr std::chrono::milliseconds kTick{200};
// A worker that was killed once may have been the largest process when memory was short.
constexpr int kMostTries = 2;

class BatchRun {
 public:
  BatchRun(BatchSource& source, WorkerPool& pool)
      : source_(source), pool_(pool), working_on_(pool.size()) {}

  Result<void> run(const std::function<void()>& tick);

 private:
  Result<void> give_next(std::size_t worker);
  Result<void> handle(const WorkerPool::Event& event);
  Result<void> handle_answer(std::size_t worker, const std::string& line);
  Result<void> handle_end(const WorkerPool::Event& event);
  [[nodiscard]] bool anyone_works() const;

  BatchSource& source_;
  WorkerPool& pool_;
  std::vector<std::optional<BatchJob>> working_on_;
  std::deque<BatchJob> again_;
  std::map<std::size_t, int> ended_;  ///< How many workers ended over a recording.
};

Result<void> BatchRun::give_next(std::size_t worker) {
  working_on_[worker].reset();
  auto next = source_.next();
  if (!next) return next.error();
  std::optional<BatchJob> job = std::move(next).value();
  if (!job && !again_.empty()) {
    job = std::move(again_.front());
    again_.pop_front();
  }
  if (!job) return {};
  pool_.give(worker, line_of(*job));
  working_on_[worker] = std::move(job);
  return {};
}

Result<void> BatchRun::handle_answer(std::size_t worker, const std::string& line) {
  const auto answer = answer_in(line);
  const auto& job = working_on_[worker];
  if (!answer || !job || answer->number != job->number) {
    return Error{ErrorKind::output, "a worker process gave an answer that makes no sense"};
  }
  if (answer->key.empty() && (answer->kind == kind_name(ErrorKind::model) ||
                              answer->kind == kind_name(ErrorKind::output))) {
    const bool model = answer->kind == kind_name(ErrorKind::model);
    return Error{model ? ErrorKind::model : ErrorKind::output, answer->reason};
  }
  if (stop_requested()) return {};
  if (auto finished = source_.finish(*answer); !finished) return finished;
  return give_next(worker);
}

Result<void> BatchRun::handle_end(const WorkerPool::Event& event) {
  if (stop_requested()) return {};
  if (const auto& job = working_on_[event.worker]) {
    if (++ended_[job->number] < kMostTries) {
      again_.push_back(*job);
    } else {
      BatchAnswer crash;
      crash.number = job->number;
      crash.kind = "crash";
      crash.reason = "the worker process ended twice (" + event.end + ")";
      if (auto finished = source_.finish(crash); !finished) return finished;
    }
  }
  if (auto started = pool_.restart(event.worker); !started) return started;
  return give_next(event.worker);
}

Result<void> BatchRun::handle(const WorkerPool::Event& event) {
  return event.answer ? handle_answer(event.worker, *event.answer) : handle_end(event);
}

bool BatchRun::anyone_works() const {
  for (const auto& job : working_on_) {
    if (job) return true;
  }
  return false;
}

Result<void> BatchRun::run(const std::function<void()>& tick) {
  for (std::size_t worker = 0; worker < pool_.size(); ++worker) {
    if (auto given = give_next(worker); !given) return given;
  }
  while (anyone_works() && !stop_requested()) {
    if (const auto event = pool_.wait(kTick)) {
      if (auto handled = handle(*event); !handled) return handled;
    }
    tick();
  }
  return {};
}

}  // namespace

base::Result<void> run_batch_jobs(BatchSource& source, WorkerPool& pool,
                                  const std::function<void()>& tick) {
  return BatchRun(source, pool).run(tick);
}

}  // namespace matside::cli
