#include "core/engine/stream_watch.h"

#include <algorithm>

namespace matside::engine {
namespace {

using base::Seconds;
using kinematics::BodyFrame;

// Frames closer than this tell nothing new of a leg; the fastest cameras give 1,000 a second.
constexpr Seconds kShortestStep(0.0009);
// A doubled frame here and there is common; so many in a row are a clock that is wrong.
constexpr std::int64_t kHurriedFrames = 50;
constexpr Seconds kHurryCalm(0.1);
constexpr Seconds kCalm(1.0);
// Longer than a person turns or an arm is in the way.
constexpr Seconds kUnseen(3.0);

bool broken(const pose::Pose& pose) {
  return std::ranges::any_of(pose.keypoints, [](const auto& k) { return !sound(k); }) ||
         std::ranges::any_of(pose.knees, [](const auto& k) { return k && !sound(*k); });
}

}  // namespace

bool StreamTrouble::seen(Seconds now) {
  if (last_ && now - *last_ > calm_) in_burst_ = 0;
  last_ = now;
  const bool due = ++in_burst_ == patience_;
  told_ = told_ || due;
  return due;
}

StreamWatch::StreamWatch()
    : disorder_("disorder", 1, kCalm),
      broken_("broken_poses", 1, kCalm),
      hurry_("high_frame_rate", kHurriedFrames, kHurryCalm) {
  told_.reserve(4);
}

void StreamWatch::note(StreamTrouble& trouble) {
  if (trouble.seen(now_.value_or(Seconds(0.0)))) told_.push_back(trouble.id());
}

bool StreamWatch::in_order(Seconds time) {
  told_.clear();
  if (!pose::sound(time) || (now_ && !(time > *now_))) {
    note(disorder_);
    return false;
  }
  now_ = time;
  return true;
}

bool StreamWatch::see(const pose::PoseFrame& frame, const std::optional<BodyFrame>& body) {
  if (frame.pose && broken(*frame.pose)) note(broken_);
  follow(frame, body);
  if (last_judged_ && frame.time - *last_judged_ < kShortestStep) {
    note(hurry_);
    return false;
  }
  last_judged_ = frame.time;
  return true;
}

void StreamWatch::follow(const pose::PoseFrame& frame, const std::optional<BodyFrame>& body) {
  if (body && (body->legs[0] || body->legs[1])) {
    unseen_since_.reset();
    unseen_told_ = false;
    return;
  }
  if (!unseen_since_) unseen_since_ = frame.time;
  if (unseen_told_ || frame.time - *unseen_since_ < kUnseen) return;
  unseen_told_ = true;
  told_.push_back(frame.pose ? "legs_not_seen" : "no_person");
}

std::vector<std::string_view> StreamWatch::warnings() const {
  std::vector<std::string_view> ids;
  for (const StreamTrouble* trouble : {&disorder_, &broken_, &hurry_}) {
    if (trouble->was_told()) ids.push_back(trouble->id());
  }
  return ids;
}

}  // namespace matside::engine
