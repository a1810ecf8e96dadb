// Pictures of a video handed through several threads, in an order that does not depend on them.
#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>

#include "core/base/result.h"
#include "vision/blazepose/landmarks.h"
#include "vision/blazepose/region.h"

namespace matside::blazepose {

/// Pictures that may be read and not settled yet, and the slots they lie in.
inline constexpr std::size_t kSlots = 6;
/// The most pictures a look may be behind (see Relay).
inline constexpr std::size_t kMostLag = 4;

/// Reads pictures one after the other, looks into several at once, and settles what was seen
/// one after the other. Where to look in a picture is what settling the one `lag` before it
/// said, or the first one after a change: never what happens to be known by then, so that any
/// number of threads sees the same. Each thread does whatever comes next; none has a task of
/// its own.
class Relay {
 public:
  /// What settling a picture says about those after it.
  struct Settled {
    std::optional<Region> next;  ///< Where to look; nothing when nobody is followed.
    bool changed = false;        ///< Looks into later pictures are void.
  };
  using Seen = base::Result<std::optional<Body>>;
  /// All are given the picture's slot; `look` and `settle` also the number of the thread.
  struct Work {
    /// Reads the next picture; false after the last. One call at a time.
    std::function<base::Result<bool>(std::size_t slot)> read;
    /// Looks where the relay says. Several calls at a time.
    std::function<Seen(std::size_t slot, const Region& region, std::size_t thread)> look;
    /// Takes what was seen; null where there was no place to look. One call at a time.
    std::function<base::Result<Settled>(std::size_t slot, const Seen* seen, std::size_t thread)>
        settle;
  };

  /// `lag` from 1 to kMostLag.
  explicit Relay(std::size_t lag);

  /// Settles every picture there is to read, on `threads` threads, the caller's included; fewer
  /// where the system has no more. May be called again for what follows in the same video.
  /// Fails with the first error, in the order of the pictures.
  base::Result<void> run(const Work& work, std::size_t threads);

 private:
  enum class State : std::uint8_t { empty, read, looking, seen };
  struct Slot {
    State state = State::empty;
    std::uint64_t changes = 0;  ///< changes_ when its look began.
    Seen seen = std::optional<Body>();
  };

  void take_part(const Work& work, std::size_t thread);
  bool settle_one(const Work& work, std::size_t thread, std::unique_lock<std::mutex>& lock);
  bool look_once(const Work& work, std::size_t thread, std::unique_lock<std::mutex>& lock);
  bool read_one(const Work& work, std::unique_lock<std::mutex>& lock);
  void note(std::size_t picture, const Settled& settled);
  void fail(const base::Error& error);
  [[nodiscard]] const std::optional<Region>& region_for(std::size_t picture) const;
  Slot& slot(std::size_t picture) { return slots_[picture % kSlots]; }

  const std::size_t lag_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // All below is guarded by the lock. Pictures are counted from 1 on.
  std::array<Slot, kSlots> slots_;
  std::array<std::optional<Region>, kMostLag + 1> next_;  ///< By picture, those last settled.
  std::size_t read_ = 0;                                  ///< Pictures read.
  std::size_t settled_ = 0;                               ///< Pictures settled.
  std::size_t base_ = 0;  ///< The picture that brought the last change.
  std::uint64_t changes_ = 0;
  bool reading_ = false;
  bool settling_ = false;
  bool ended_ = false;  ///< Nothing more to read.
  std::optional<base::Error> error_;
};

}  // namespace matside::blazepose
