#include "apps/matside/pipeline.h"

#include <thread>
#include <utility>

#include "apps/matside/frame_queue.h"

namespace matside::app {
namespace {

// One being filled, one being looked at, and two so that neither thread waits for a slow frame.
constexpr std::size_t kFramesInFlight = 4;

/// The decoding thread's work. @returns what reading failed with.
base::Result<void> decode(video::VideoReader& reader, const Span& span, FrameQueue& queue) {
  while (FrameQueue::FramePtr frame = queue.take_empty()) {
    const base::Result<bool> more = reader.read(*frame);
    if (!more) return more.error();
    if (!more.value() || (span.to && frame->time > *span.to)) break;
    queue.put_full(std::move(frame));
  }
  return {};
}

/// The frame's pose in pixels of the source, which may be larger than the picture looked at.
base::Result<pose::PoseFrame> look_at(const video::Frame& frame, bool photo,
                                      blazepose::PoseTracker& tracker) {
  auto pose = photo ? tracker.detect(frame.image) : tracker.track(frame.image);
  if (!pose) return pose.error();
  pose::PoseFrame seen{frame.index, frame.time, frame.source_size, std::move(pose).value()};
  if (seen.pose) {
    for (pose::Keypoint& k : seen.pose->keypoints) k.position = frame.to_source(k.position);
  }
  return seen;
}

base::Result<Pass> watch(FrameQueue& queue, bool photo, blazepose::PoseTracker& tracker,
                         engine::Session& session, const OnFrame& on_frame,
                         const std::atomic<bool>& stop) {
  Pass pass;
  while (FrameQueue::FramePtr frame = queue.take_full()) {
    if (stop) break;
    const auto seen = look_at(*frame, photo, tracker);
    if (!seen) return seen.error();
    session.push(seen.value());
    if (pass.frames++ == 0) pass.first = frame->time;
    pass.last = frame->time;
    if (auto taken = on_frame(seen.value()); !taken) return taken.error();
    queue.put_empty(std::move(frame));
  }
  session.finish();
  return pass;
}

}  // namespace

base::Seconds Pass::covered() const {
  if (frames < 2) return base::Seconds(0.0);
  const auto n = static_cast<double>(frames);
  return (last - first) * (n / (n - 1.0));
}

base::Result<Pass> run_pipeline(video::VideoReader& reader, blazepose::PoseTracker& tracker,
                                engine::Session& session, const Span& span,
                                const OnFrame& on_frame, const std::atomic<bool>& stop) {
  if (span.from) {
    if (auto found = reader.seek(*span.from); !found) return found.error();
  }
  FrameQueue queue(kFramesInFlight);
  base::Result<void> decoded;
  std::thread decoder([&] {
    decoded = decode(reader, span, queue);
    queue.finish();
  });
  base::Result<Pass> pass = watch(queue, reader.info().photo, tracker, session, on_frame, stop);
  queue.close();
  decoder.join();
  if (!pass) return pass;
  if (!decoded) return decoded.error();
  pass.value().stopped = stop;
  return pass;
}

}  // namespace matside::app
