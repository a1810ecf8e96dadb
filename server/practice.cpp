#include "server/practice.h"

#include <utility>

#include "server/jpeg.h"

namespace matside::server {

base::Result<Practice> Practice::begin(const exercise::Definition& exercise, int level,
                                       const blazepose::Networks& networks) {
  auto session = engine::Session::create(exercise, level);
  if (!session) return session.error();
  auto tracker = blazepose::PoseTracker::create(networks, {.threads = 1, .lag = 1});
  if (!tracker) return tracker.error();
  return Practice(exercise, std::move(tracker).value(), std::move(session).value());
}

base::Result<Practice::Messages> Practice::look(const Frame& frame) {
  const auto picture = decode_jpeg(frame.jpeg);
  if (!picture) return picture.error();
  const image::View view = picture.value();
  auto poses = tracker_.track({&view, 1});
  if (!poses) return poses.error();
  const blazepose::Seen& in_picture = poses.value().front();
  const pose::PoseFrame seen = pose::rounded(
      {frames_++, frame.time, blazepose::turned(picture.value().size, in_picture.quarters),
       in_picture.pose});
  Messages messages;
  tell(session_.push(seen), messages);
  messages.push_back(frame_done_message(frame.index, false, seen.pose.has_value()));
  return messages;
}

Practice::Messages Practice::finish() {
  Messages messages;
  tell(session_.finish(), messages);
  messages.push_back(summary_message(session_.analysis(), *exercise_));
  return messages;
}

void Practice::tell(std::span<const engine::Event> events, Messages& messages) const {
  if (events.empty()) return;
  for (const engine::Event& event : events) {
    messages.push_back(event_message(event, *exercise_));
  }
  messages.push_back(counts_message(session_.analysis().counts));
}

}  // namespace matside::server
