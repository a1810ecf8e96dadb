#include "apps/matside/pipeline.h"

#include <thread>
#include <utility>
#include <vector>

#include "apps/matside/frame_queue.h"

namespace matside::app {
namespace {

// One batch being filled while another is looked at.
constexpr std::size_t kFramesInFlight = 2 * blazepose::kBatch;

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

using Poses = std::vector<std::optional<pose::Pose>>;
using Frames = std::vector<FrameQueue::FramePtr>;

/// The next frames to look at together: fewer than a batch at the end, then none.
Frames take_batch(FrameQueue& queue) {
  Frames frames;
  while (frames.size() < blazepose::kBatch) {
    FrameQueue::FramePtr frame = queue.take_full();
    if (!frame) break;
    frames.push_back(std::move(frame));
  }
  return frames;
}

base::Result<Poses> find_poses(const Frames& frames, bool photo,
                               blazepose::PoseTracker& tracker) {
  std::vector<const image::Image*> pictures;
  for (const auto& frame : frames) pictures.push_back(&frame->image);
  if (!photo) return tracker.track(pictures);
  Poses poses;
  for (const image::Image* picture : pictures) {
    auto pose = tracker.detect(*picture);
    if (!pose) return pose.error();
    poses.push_back(std::move(pose).value());
  }
  return poses;
}

/// The frame's pose in pixels of the source, which may be larger than the picture looked at,
/// and to the digits of a table of poses.
pose::PoseFrame in_source(const video::Frame& frame, std::optional<pose::Pose> pose) {
  if (pose) {
    for (pose::Keypoint& k : pose->keypoints) k.position = frame.to_source(k.position);
  }
  return pose::rounded({frame.index, frame.time, frame.source_size, pose});
}

base::Result<Pass> watch(FrameQueue& queue, bool photo, blazepose::PoseTracker& tracker,
                         engine::Session& session, const OnFrame& on_frame,
                         const std::atomic<bool>& stop) {
  Pass pass;
  while (true) {
    Frames frames = take_batch(queue);
    if (frames.empty() || stop) break;
    const auto poses = find_poses(frames, photo, tracker);
    if (!poses) return poses.error();
    for (std::size_t i = 0; i < frames.size(); ++i) {
      const pose::PoseFrame seen = in_source(*frames[i], poses.value()[i]);
      session.push(seen);
      if (pass.frames++ == 0) pass.first = seen.time;
      pass.last = seen.time;
      if (auto taken = on_frame(seen); !taken) return taken.error();
      queue.put_empty(std::move(frames[i]));
    }
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
