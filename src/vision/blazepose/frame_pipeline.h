// Runs pose inference on several frames at once; results do not depend on the thread count.
//
// Thread-safe inside: `run` starts and joins its own threads (threads.h). One caller at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

#include "core/base/result.h"
#include "vision/blazepose/landmark_model.h"
#include "vision/blazepose/region.h"
#include "vision/blazepose/threads.h"

namespace matside::blazepose {

/// Frames that may be read but not yet committed, and so the number of frame slots.
inline constexpr std::size_t kSlots = 6;
/// The largest lag, in frames (see FramePipeline).
inline constexpr std::size_t kMaxLag = 4;

/// Reads frames in order, runs inference on several at once, and commits the results in order.
/// A frame's region comes from committing the frame `lag` before it, or from the last change of
/// person. It never depends on timing, so every thread count gives the same poses (ADR 0011).
/// Threads have no fixed role: each takes the next stage that is ready.
class FramePipeline {
 public:
  /// What committing a frame decides about later frames.
  struct CommitResult {
    std::optional<Region> next;  ///< Region for a later frame; nothing when nobody is followed.
    bool changed = false;        ///< Discards the inference already done on later frames.
  };
  /// A body found in the region, nothing when there is none, or the network's error.
  using Inference = base::Result<std::optional<DetectedBody>>;
  /// The three stages. `slot` is 0 to kSlots - 1; `thread` is 0 to threads - 1.
  struct Stages {
    /// Reads the next frame into `slot`; returns false after the last. One call at a time.
    std::function<base::Result<bool>(std::size_t slot)> read;
    /// Runs inference in `region`, in upright picture pixels. Several calls at a time.
    std::function<Inference(std::size_t slot, const Region& region, std::size_t thread)> infer;
    /// Takes the frame's inference, or null when no region was known. One call at a time.
    std::function<base::Result<CommitResult>(std::size_t slot, const Inference* seen,
                                             std::size_t thread)>
        commit;
  };

  /// `lag` is 1 to kMaxLag frames (asserted).
  explicit FramePipeline(std::size_t lag);

  /// Processes all frames on `threads` threads (at least 1, asserted), the caller's included.
  /// Uses fewer when the system cannot start that many. May be called again to continue the
  /// same video. Fails with the first error of a stage; which frames come before it is fixed by
  /// order.
  base::Result<void> run(const Stages& work, std::size_t threads);

  /// Between two runs: the slot and, where it is known already, the region of the frame that is
  /// `ahead` frames after the last one, at least 1.
  struct Place {
    std::size_t slot = 0;
    std::optional<Region> region;
  };
  [[nodiscard]] Place place_ahead(std::size_t ahead) const {
    const std::size_t picture = committed_ + ahead;
    return {picture % kSlots, region_for(picture)};
  }

 private:
  enum class State : std::uint8_t { empty, read, inferring, seen };
  struct Slot {
    State state = State::empty;
    std::uint64_t changes = 0;  ///< changes_ when inference began.
    Inference seen = std::optional<DetectedBody>();
  };

  void worker_loop(const Stages& work, std::size_t thread);
  bool commit_one(const Stages& work, std::size_t thread, Lock& lock);
  bool infer_one(const Stages& work, std::size_t thread, Lock& lock);
  bool read_one(const Stages& work, Lock& lock);
  void record_commit(std::size_t picture, const CommitResult& committed);
  void fail(const base::Error& error);
  [[nodiscard]] const std::optional<Region>& region_for(std::size_t picture) const;
  Slot& slot(std::size_t picture) { return slots_[picture % kSlots]; }

  const std::size_t lag_;
  Mutex mutex_;
  Condition changed_;
  // mutex_ guards everything below. Frames are counted from 1.
  std::array<Slot, kSlots> slots_;
  std::array<std::optional<Region>, kMaxLag + 1> next_;  ///< By frame, of the last commits.
  std::size_t read_ = 0;                                 ///< Frames read.
  std::size_t committed_ = 0;                            ///< Frames committed.
  std::size_t base_ = 0;                                 ///< The frame of the last change.
  std::uint64_t changes_ = 0;
  bool reading_ = false;
  bool committing_ = false;
  bool ended_ = false;  ///< No frame is left to read.
  std::optional<base::Error> error_;
};

}  // namespace matside::blazepose
