// Checks a source frame by frame and warns at once: times that do not rise, invalid numbers,
// frames faster than any camera's, nobody to follow.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/quantity.h"
#include "core/exercise/observation_rules.h"
#include "core/kinematics/body_frame.h"
#include "core/pose/pose_frame.h"

namespace matside::engine {

/// One defect of a stream. It comes in bursts, and each burst gives one warning.
class BurstDetector {
 public:
  /// @param min_occurrences how often it occurs in a burst before the warning
  /// @param quiet_time a burst ends when it hasn't occurred for this long
  BurstDetector(std::string_view id, std::int64_t min_occurrences, base::Seconds quiet_time)
      : id_(id), min_occurrences_(min_occurrences), quiet_time_(quiet_time) {}

  /// It occurred. @returns whether to warn now.
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

/// Checks the frames of one source.
class StreamMonitor {
 public:
  /// The rules must outlive it.
  explicit StreamMonitor(const exercise::StreamRules& rules);

  /// Whether the time is valid and later than the last frame's. Frames with another time must
  /// be skipped.
  bool in_order(base::Seconds time);
  /// A frame in order and the body measured in it.
  /// @returns whether to analyse it: not when it follows the last one sooner than
  ///   StreamRules::step_min.
  bool observe(const pose::PoseFrame& frame, const std::optional<kinematics::BodyFrame>& body);

  /// The source was paused: the gap before its next frame is no reason to warn.
  void expect_gap();

  /// Ids of the warnings that the last frame caused; valid until the next frame. Too few frames
  /// are reported here alone (frames_missing): whether they matter is known from the
  /// repetitions.
  [[nodiscard]] std::span<const std::string_view> new_warnings() const { return new_warnings_; }
  /// Ids of the stream's own warnings in the whole practice: disorder, broken_poses,
  /// high_frame_rate.
  [[nodiscard]] std::vector<std::string_view> warnings() const;

 private:
  void note(BurstDetector& trouble);
  void follow_rate(std::optional<base::Seconds> last, base::Seconds time);
  void follow(const pose::PoseFrame& frame, const std::optional<kinematics::BodyFrame>& body);

  const exercise::StreamRules& rules_;
  BurstDetector disorder_;
  BurstDetector broken_;
  BurstDetector high_frame_rate_;
  BurstDetector slow_;
  std::vector<base::Seconds> recent_;  ///< Times of the frames that fit into slow_window.
  std::size_t oldest_ = 0;             ///< Index in recent_.
  std::optional<base::Seconds> rate_since_;
  std::optional<base::Seconds> now_;
  std::optional<base::Seconds> last_judged_;
  std::optional<base::Seconds> unseen_since_;
  bool unseen_reported_ = false;
  std::vector<std::string_view> new_warnings_;
};

}  // namespace matside::engine
