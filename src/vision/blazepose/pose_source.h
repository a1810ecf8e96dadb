// Live pose estimation on its own thread: a newer picture replaces the one that waits.
//
//   auto source = blazepose::PoseSource::create({.networks = {.folder = models_dir}},
//                                               [](base::Result<pose::PoseFrame> pose) { ...
//                                               });
//   print(name(source.value()->chosen().variant));
//   source.value()->push(std::move(picture), time);  // for each picture
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
#include "vision/blazepose/pose_models.h"
#include "vision/blazepose/pose_tracker.h"
#include "vision/image/image.h"

namespace matside::blazepose {

/// Measured time of one landmark network on this machine.
struct InferenceTime {
  Variant variant = Variant::full;
  base::Seconds per_picture;
};

/// The first of `times` (best network first, not empty, asserted) that takes at most three
/// quarters of `budget`; the last one when none does.
InferenceTime best_within_budget(std::span<const InferenceTime> times, base::Seconds budget);

/// Follows a person through live pictures on its own thread. When pictures arrive faster than
/// they can be processed, only the newest is processed. `push` may be called by any thread.
class PoseSource {
 public:
  struct Options {
    PoseModels models;  ///< The variant is used as given only if `choose` is false.
    /// Most time for one picture.
    base::Seconds budget = base::Seconds(1.0 / 25.0);
    bool choose = true;  ///< Choose the variant by measuring.
  };
  /// The models in use, as measured by create().
  struct ModelChoice {
    Variant variant = Variant::full;
    bool eye = false;
    base::Seconds per_picture;
    bool within_budget = false;
  };
  /// Called on the source's thread with each pose in order, in upright picture pixels. An error
  /// is the last call.
  using OnPose = std::function<void(base::Result<pose::PoseFrame>)>;

  /// Chooses the best network within the budget: `full` with the eye (better on lying bodies
  /// than `heavy` without), then `lite`; without the eye `heavy`, `full`, then `lite`. Takes a
  /// second or more. Fails with ErrorKind::model when a file is missing or changed, or a
  /// network fails.
  static base::Result<std::unique_ptr<PoseSource>> create(const Options& options,
                                                          OnPose on_pose);

  PoseSource(const PoseSource&) = delete;
  PoseSource& operator=(const PoseSource&) = delete;
  /// Waits for the picture being processed; a pending one is dropped.
  ~PoseSource();

  /// Queues a picture with its time, which must rise. A picture still pending is dropped.
  void push(image::Image picture, base::Seconds time);

  /// The models in use.
  [[nodiscard]] const ModelChoice& chosen() const { return choice_; }
  /// Pictures dropped so far.
  [[nodiscard]] std::int64_t dropped() const;

 private:
  struct PendingFrame {
    image::Image picture;
    base::Seconds time;
    std::int64_t index = 0;
  };

  PoseSource(PoseTracker tracker, ModelChoice choice, OnPose on_pose);
  void work();
  bool process(const PendingFrame& waiting);

  PoseTracker tracker_;
  ModelChoice choice_;
  OnPose on_pose_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // mutex_ guards the members up to thread_.
  std::optional<PendingFrame> pending_;
  std::int64_t pushed_ = 0;
  std::int64_t dropped_ = 0;
  bool closing_ = false;
  std::thread thread_;  ///< Last, so that it starts after the other members exist.
};

}  // namespace matside::blazepose
