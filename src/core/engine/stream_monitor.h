// Watches what a source gives, frame by frame, and says at once when it cannot be judged: times
// that do not rise, numbers that are none, frames faster than any camera's, nobody to follow.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/quantity.h"
#include "core/kinematics/body_frame.h"
#include "core/pose/pose_frame.h"

namespace matside::engine {

/// One way for a stream to be wrong. It comes in bursts, and each burst is told once.
class BurstDetector {
 public:
  /// @param patience how often it is seen before it is told
  /// @param calm a burst ends when it has not been seen for so long
  BurstDetector(std::string_view id, std::int64_t patience, base::Seconds calm)
      : id_(id), min_occurrences_(patience), quiet_time_(calm) {}

  /// RepetitionCounts one more. @returns whether this is when to tell the burst.
  bool seen(base::Seconds now);

  [[nodiscard]] std::string_view id() const { return id_; }
  [[nodiscard]] bool was_reported() const { return was_reported_; }

 private:
  std::string_view id_;
  std::int64_t min_occurrences_;
  base::Seconds quiet_time_;
  std::int64_t in_burst_ = 0;
  std::optional<base::Seconds> last_;
  bool was_reported_ = false;
};

class StreamMonitor {
 public:
  StreamMonitor();

  /// Whether the time is a number and later than the last frame's; a frame of another is to be
  /// left out.
  bool in_order(base::Seconds time);
  /// A frame in order and the body measured in it. @returns whether it is to be judged: one
  /// that follows the last judged one within a millisecond adds nothing but work.
  bool observe(const pose::PoseFrame& frame, const std::optional<kinematics::BodyFrame>& body);

  /// Ids of the warnings that the last frame gave cause for; until the next frame.
  [[nodiscard]] std::span<const std::string_view> new_warnings() const { return new_warnings_; }
  /// Ids of the stream's own warnings in the whole practice: disorder, broken_poses,
  /// high_frame_rate.
  [[nodiscard]] std::vector<std::string_view> warnings() const;

 private:
  void note(BurstDetector& trouble);
  void follow(const pose::PoseFrame& frame, const std::optional<kinematics::BodyFrame>& body);

  BurstDetector disorder_;
  BurstDetector broken_;
  BurstDetector high_frame_rate_;
  std::optional<base::Seconds> now_;
  std::optional<base::Seconds> last_judged_;
  std::optional<base::Seconds> unseen_since_;
  bool unseen_reported_ = false;
  std::vector<std::string_view> new_warnings_;
};

}  // namespace matside::engine
