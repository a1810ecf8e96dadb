// The landmark network on several pictures at once.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "core/base/result.h"
#include "vision/blazepose/landmarks.h"

namespace matside::blazepose {

/// Threads that each have a landmark network of their own. Every picture is one thread's work
/// from start to end, so that they need one another only between pictures and the result does
/// not depend on how many they are. Idle threads sleep.
/// Not for use by two threads at once.
class LandmarkCrew {
 public:
  using Bodies = std::vector<std::optional<Body>>;

  /// `threads` >= 1 in all, the caller's included; with fewer where the system refuses one.
  /// Fails with ErrorKind::model when the model file is not what it must be.
  static base::Result<std::unique_ptr<LandmarkCrew>> create(const Networks& networks,
                                                            int threads);

  LandmarkCrew(const LandmarkCrew&) = delete;
  LandmarkCrew& operator=(const LandmarkCrew&) = delete;
  ~LandmarkCrew();

  /// The body in one region of each picture, as LandmarkFinder::find, in order.
  base::Result<Bodies> find(std::span<const image::Image* const> pictures,
                            const Region& region);

  /// The body in one picture's region, on the caller's thread.
  base::Result<std::optional<Body>> find(const image::Image& picture, const Region& region);

 private:
  using Found = base::Result<std::optional<Body>>;

  explicit LandmarkCrew(std::vector<LandmarkFinder> finders);
  void work(LandmarkFinder& finder);
  void look_at_the_rest(LandmarkFinder& finder, std::unique_lock<std::mutex>& lock);

  std::vector<LandmarkFinder> finders_;  ///< The first is the caller's.
  std::vector<std::thread> threads_;

  std::mutex mutex_;
  std::condition_variable begun_;
  std::condition_variable done_;
  // What is being looked at; the lock guards the numbers below and `closing_`.
  std::span<const image::Image* const> pictures_;
  Region region_;
  std::vector<Found> found_;
  std::size_t next_ = 0;        ///< The first picture that nobody looks at yet.
  std::size_t unfinished_ = 0;  ///< Pictures without a result.
  bool closing_ = false;
};

}  // namespace matside::blazepose
