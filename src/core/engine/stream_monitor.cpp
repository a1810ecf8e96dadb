#include "core/engine/stream_monitor.h"

#include <algorithm>
#include <utility>

namespace matside::engine {
namespace {

using base::Seconds;
using kinematics::BodyFrame;

bool broken(const pose::Pose& pose) {
  return std::ranges::any_of(pose.keypoints, [](const auto& k) { return !is_valid(k); }) ||
         std::ranges::any_of(pose.knees, [](const auto& k) { return k && !is_valid(*k); }) ||
         std::ranges::any_of(pose.legs_in_space,
                             [](const auto& leg) { return leg && !is_valid(*leg); });
}

std::size_t frames_in_window(const exercise::StreamRules& rules) {
  return static_cast<std::size_t>(
      std::max(1.0, rules.slow_rate.value * rules.slow_window.value));
}

}  // namespace

bool BurstDetector::seen(Seconds now) {
  if (last_ && now - *last_ > quiet_time_) in_burst_ = 0;
  last_ = now;
  const bool due = ++in_burst_ == min_occurrences_;
  was_reported_ = was_reported_ || due;
  return due;
}

StreamMonitor::StreamMonitor(const exercise::StreamRules& rules)
    : rules_(rules),
      disorder_("disorder", 1, Seconds(rules.quiet_time.value)),
      broken_("broken_poses", 1, Seconds(rules.quiet_time.value)),
      high_frame_rate_("high_frame_rate",
                       static_cast<std::int64_t>(rules.high_rate_frames.value),
                       Seconds(rules.high_rate_quiet.value)),
      slow_("frames_missing", 1, Seconds(rules.slow_window.value)) {
  new_warnings_.reserve(5);
  recent_.reserve(frames_in_window(rules));
}

void StreamMonitor::expect_gap() {
  recent_.clear();
  oldest_ = 0;
  rate_since_.reset();
}

void StreamMonitor::follow_rate(std::optional<Seconds> last, Seconds time) {
  const bool gap = rate_since_ && last && time - *last > Seconds(rules_.gap_warning.value);
  if (!rate_since_) rate_since_ = time;
  // As many frames as should be in the window: it is too long if they don't fit into it.
  const bool full = recent_.size() == frames_in_window(rules_);
  const Seconds since = full ? recent_[oldest_] : *rate_since_;
  const bool slow = time - since > Seconds(rules_.slow_window.value);
  if (full) {
    recent_[oldest_] = time;
    oldest_ = (oldest_ + 1) % recent_.size();
  } else {
    recent_.push_back(time);
  }
  if (gap || slow) note(slow_);
}

void StreamMonitor::note(BurstDetector& trouble) {
  if (trouble.seen(now_.value_or(Seconds(0.0)))) new_warnings_.push_back(trouble.id());
}

bool StreamMonitor::in_order(Seconds time) {
  new_warnings_.clear();
  if (!pose::is_valid(time) || (now_ && !(time > *now_))) {
    note(disorder_);
    return false;
  }
  const std::optional<Seconds> last = std::exchange(now_, time);
  follow_rate(last, time);
  return true;
}

bool StreamMonitor::observe(const pose::PoseFrame& frame,
                            const std::optional<BodyFrame>& body) {
  if (frame.pose && broken(*frame.pose)) note(broken_);
  follow(frame, body);
  if (last_judged_ && frame.time - *last_judged_ < Seconds(rules_.step_min.value)) {
    note(high_frame_rate_);
    return false;
  }
  last_judged_ = frame.time;
  return true;
}

void StreamMonitor::follow(const pose::PoseFrame& frame, const std::optional<BodyFrame>& body) {
  if (body && (body->legs[0] || body->legs[1])) {
    unseen_since_.reset();
    unseen_reported_ = false;
    return;
  }
  if (!unseen_since_) unseen_since_ = frame.time;
  if (unseen_reported_ || frame.time - *unseen_since_ < Seconds(rules_.unseen_warning.value))
    return;
  unseen_reported_ = true;
  new_warnings_.push_back(frame.pose ? "legs_not_seen" : "no_person");
}

std::vector<std::string_view> StreamMonitor::warnings() const {
  std::vector<std::string_view> ids;
  for (const BurstDetector* trouble : {&disorder_, &broken_, &high_frame_rate_}) {
    if (trouble->was_reported()) ids.push_back(trouble->id());
  }
  return ids;
}

}  // namespace matside::engine
