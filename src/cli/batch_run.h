// Gives recordings to worker processes until each has an outcome.
#pragma once

#include <functional>
#include <optional>

#include "cli/batch_worker.h"
#include "cli/worker_pool.h"
#include "core/base/result.h"

namespace matside::cli {

/// Where the recordings of a batch come from, and where their outcomes go.
class BatchSource {
 public:
  BatchSource() = default;
  BatchSource(const BatchSource&) = delete;
  BatchSource& operator=(const BatchSource&) = delete;
  virtual ~BatchSource() = default;

  /// The next recording, with a number of its own; nothing if there is none left.
  virtual base::Result<std::optional<BatchJob>> next() = 0;
  /// Takes the outcome of one of them. An error ends the run.
  virtual base::Result<void> finish(const BatchAnswer& answer) = 0;
};

/// Analyses every recording of the source. A worker process that ends is started again, and its
/// recording is tried once more; then the outcome is a failure of the kind "crash". Ends early
/// where stop_requested().
/// @param tick  called several times a second
/// @returns ErrorKind::model or output for what no further recording could be saved after, and
///   the source's errors
base::Result<void> run_batch_jobs(BatchSource& source, WorkerPool& pool,
                                  const std::function<void()>& tick);

}  // namespace matside::cli
