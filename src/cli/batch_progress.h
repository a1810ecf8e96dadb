// How far a batch is.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "core/base/quantity.h"

namespace matside::cli {

/// What the line shows.
struct BatchState {
  std::size_t total = 0;
  std::size_t done = 0;    ///< With those below.
  std::size_t reused = 0;  ///< That were in the dataset already.
  std::size_t failed = 0;
  base::Seconds elapsed;
  std::string tasks;  ///< How many of Slurm's tasks run and wait; empty without Slurm.
};

/// Formats `12 of 300 recordings  2 failed  4.2 a minute  1:08:30 left  8 tasks run`.
std::string batch_line(const BatchState& state);

/// Shows the line on standard error: ten times a second on a terminal, else once a minute, so
/// that a log shows it. Nothing if not `wanted`.
class BatchProgress {
 public:
  explicit BatchProgress(bool wanted);
  ~BatchProgress();
  BatchProgress(const BatchProgress&) = delete;
  BatchProgress& operator=(const BatchProgress&) = delete;

  /// Fills in the elapsed time.
  void show(BatchState state);
  /// Removes the line from a terminal, so that a message can be printed.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  bool wanted_;
  bool terminal_;
  bool drawn_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_;
};

}  // namespace matside::cli
