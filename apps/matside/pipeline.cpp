#include "apps/matside/pipeline.h"

#include <array>
#include <utility>

namespace matside::app {
namespace {

using Frames = std::array<video::Frame, blazepose::kSlots>;

/// The frame's pose in pixels of the source, which may be larger than the picture looked at,
/// and to the digits of a table of poses.
pose::PoseFrame in_source(const video::Frame& frame, std::optional<pose::Pose> pose) {
  if (pose) {
    for (pose::Keypoint& k : pose->keypoints) k.position = frame.to_source(k.position);
  }
  return pose::rounded({frame.index, frame.time, frame.source_size, std::move(pose)});
}

/// Every picture by itself.
base::Result<void> look_at_each(blazepose::PoseTracker& tracker, const blazepose::Film& film) {
  while (true) {
    const auto view = film.next(0);
    if (!view) return view.error();
    if (!view.value()) return {};
    auto pose = tracker.detect(*view.value());
    if (!pose) return pose.error();
    if (auto done = film.done(0, std::move(pose).value()); !done) return done;
  }
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
  Frames frames;
  Pass pass;
  blazepose::Film film;
  film.next = [&](std::size_t slot) -> base::Result<std::optional<image::View>> {
    if (stop) return std::optional<image::View>();
    const base::Result<bool> more = reader.read(frames[slot]);
    if (!more) return more.error();
    if (!more.value() || (span.to && frames[slot].time > *span.to)) {
      return std::optional<image::View>();
    }
    return std::optional(frames[slot].view());
  };
  film.done = [&](std::size_t slot, std::optional<pose::Pose> pose) -> base::Result<void> {
    const pose::PoseFrame seen = in_source(frames[slot], std::move(pose));
    session.push(seen);
    if (pass.frames++ == 0) pass.first = seen.time;
    pass.last = seen.time;
    return on_frame(seen);
  };
  const auto watched = reader.info().photo ? look_at_each(tracker, film) : tracker.follow(film);
  if (!watched) return watched.error();
  session.finish();
  pass.stopped = stop;
  return pass;
}

}  // namespace matside::app
