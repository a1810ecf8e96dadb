// Worker processes that take one line of text at a time and answer with one.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace matside::cli {

/// Child processes of this one, which end with it, however it ends. Start them before any
/// thread. One thread at a time.
class WorkerPool {
 public:
  /// What a worker does with a line. @returns its answer, one line
  using Work = std::function<std::string(const std::string& line)>;

  /// What happened to a worker.
  struct Event {
    std::size_t worker = 0;
    std::optional<std::string> answer;  ///< Absent: the process ended.
    std::string end;                    ///< How it ended, such as "signal 11".
  };

  /// @returns ErrorKind::output if processes can't be started
  static base::Result<WorkerPool> start(std::size_t count, Work work);
  WorkerPool(WorkerPool&& other) noexcept;
  WorkerPool& operator=(WorkerPool&&) = delete;
  ~WorkerPool();  ///< Ends the workers.

  [[nodiscard]] std::size_t size() const { return workers_.size(); }
  /// Gives an idle worker a line. A worker that has ended is reported by the next event.
  void give(std::size_t worker, const std::string& line);
  /// Waits for the next event. @returns nothing after `most`, or when a signal arrives
  std::optional<Event> wait(std::chrono::milliseconds most);
  /// Starts a worker again that has ended. Fails likewise.
  base::Result<void> restart(std::size_t worker);

 private:
  struct Worker {
    pid_t process = -1;
    int input = -1;   ///< Lines to it.
    int output = -1;  ///< Answers from it.
    std::string pending;
  };
  explicit WorkerPool(Work work) : work_(std::move(work)) {}
  base::Result<Worker> start_one();
  Event ended(std::size_t worker);

  Work work_;
  std::vector<Worker> workers_;
};

}  // namespace matside::cli
