// Live pictures in, poses out in time: late pictures are dropped, never queued.
//
//   auto source = blazepose::PoseSource::create({.networks = {.folder = models_dir}},
//                                               [](base::Result<pose::PoseFrame> seen) { ...
//                                               });
//   say(name(source.value()->chosen().variant));
//   source.value()->push(std::move(picture), time);  // as pictures come
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>

#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/pose/pose_frame.h"
#include "vision/blazepose/model.h"
#include "vision/blazepose/tracker.h"
#include "vision/image/image.h"

namespace matside::blazepose {

/// How long a landmark network takes for a picture on this machine.
struct Pace {
  Variant variant = Variant::full;
  base::Seconds per_picture;
};

/// Of `paces`, the best network first, the first that takes at most three quarters of `budget`;
/// the last one where none does. Not empty (asserted).
Pace affordable(std::span<const Pace> paces, base::Seconds budget);

/// Follows a person through live pictures on a thread of its own. Of pictures that come faster
/// than they can be looked at, the newest is looked at next and the others are dropped.
/// `push` may be called by any thread.
class PoseSource {
 public:
  struct Options {
    Networks networks;  ///< Its variant is chosen, unless `choose` is false.
    /// From a picture to its pose.
    base::Seconds budget = base::Seconds(1.0 / 25.0);
    bool choose = true;
  };
  /// What runs, as measured when the source was made.
  struct Choice {
    Variant variant = Variant::full;
    bool eye = false;
    base::Seconds per_picture;
    bool within_budget = false;
  };
  /// Called on the source's thread with each pose, in order; an error comes last of all.
  using OnPose = std::function<void(base::Result<pose::PoseFrame>)>;

  /// Chooses the best network that the machine affords: `full` with the eye, which reads lying
  /// bodies better than `heavy` does without, then `lite`; without the eye `heavy`, `full`,
  /// then `lite`. Fails with ErrorKind::model when a file is missing, cut short or changed.
  static base::Result<std::unique_ptr<PoseSource>> create(const Options& options,
                                                          OnPose on_pose);

  PoseSource(const PoseSource&) = delete;
  PoseSource& operator=(const PoseSource&) = delete;
  /// Ends after the picture being looked at; the one that waits is dropped.
  ~PoseSource();

  /// Gives the newest picture, with its time, later than that of the last. What waits is
  /// dropped.
  void push(image::Image picture, base::Seconds time);

  [[nodiscard]] const Choice& chosen() const { return choice_; }
  /// Pictures that nobody looked at, up to now.
  [[nodiscard]] std::int64_t dropped() const;

 private:
  struct Waiting {
    image::Image picture;
    base::Seconds time;
    std::int64_t index = 0;
  };

  PoseSource(PoseTracker tracker, Choice choice, OnPose on_pose);
  void work();
  bool look(const Waiting& waiting);

  PoseTracker tracker_;
  Choice choice_;
  OnPose on_pose_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by the lock.
  std::optional<Waiting> waiting_;
  std::int64_t pushed_ = 0;
  std::int64_t dropped_ = 0;
  bool closing_ = false;
  std::thread thread_;  ///< Last, so that it begins when all else is there.
};

}  // namespace matside::blazepose
