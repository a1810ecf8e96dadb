#include "cli/pipeline.h"

#include <array>
#include <utility>

namespace matside::cli {
namespace {

using Frames = std::array<video::Frame, blazepose::kSlots>;

/// What was seen in the frame, in pixels of the source, which may be larger than the picture
/// looked at, turned upright, and to the digits of a table of poses.
pose::PoseFrame in_source(const video::Frame& frame, blazepose::Seen seen) {
  const base::ImageSize looked_at = blazepose::turned(frame.view().size(), seen.quarters);
  const base::ImageSize source = blazepose::turned(frame.source_size, seen.quarters);
  if (seen.pose) {
    for (pose::Keypoint& k : seen.pose->keypoints) {
      k.position.x_px *= static_cast<double>(source.width_px) / looked_at.width_px;
      k.position.y_px *= static_cast<double>(source.height_px) / looked_at.height_px;
    }
  }
  return pose::rounded({frame.index, frame.time, source, seen.pose, seen.quarters});
}

/// Every picture by itself.
base::Result<void> look_at_each(blazepose::PoseTracker& tracker, const blazepose::Film& film) {
  while (true) {
    const auto view = film.next(0);
    if (!view) return view.error();
    if (!view.value()) return {};
    auto pose = tracker.detect(*view.value());
    if (!pose) return pose.error();
    if (auto done = film.done(0, {std::move(pose).value(), 0}); !done) return done;
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
  film.done = [&](std::size_t slot, const blazepose::Seen& in_picture) -> base::Result<void> {
    const pose::PoseFrame seen = in_source(frames[slot], in_picture);
    const auto events = session.push(seen);
    if (pass.frames++ == 0) pass.first = seen.time;
    pass.last = seen.time;
    return on_frame({seen, frames[slot], in_picture.quarters, events, session});
  };
  const auto watched = reader.info().photo ? look_at_each(tracker, film) : tracker.follow(film);
  if (!watched) return watched.error();
  session.finish();
  pass.stopped = stop;
  return pass;
}

}  // namespace matside::cli
