// One source through the eye and the engine: decode, find the pose, judge.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>

#include "cli/practice_options.h"
#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/engine/session.h"
#include "core/pose/pose_frame.h"
#include "vision/blazepose/tracker.h"
#include "vision/video/video_reader.h"

namespace matside::cli {

/// How far a pass came.
struct Pass {
  std::int64_t frames = 0;
  base::Seconds first;  ///< Time of the first frame.
  base::Seconds last;   ///< Time of the last frame.
  bool stopped = false;

  /// Time the frames cover, the last one's own share included; 0 for a single frame.
  [[nodiscard]] base::Seconds covered() const;
};

/// A frame as it was seen and judged, as long as it is looked at.
struct Watched {
  const pose::PoseFrame& frame;  ///< In the source's own pixels.
  const video::Frame& picture;
  int quarters = 0;  ///< The pose is in the picture turned clockwise by so many.
  std::span<const engine::Event> events;  ///< The session's, of this frame.
  const engine::Session& session;
};

/// Called with each frame, in order, on any of the tracker's threads; an error ends the pass.
using OnFrame = std::function<base::Result<void>(const Watched&)>;

/// Reads the span of `reader`, finds each frame's pose on the tracker's threads and gives it to
/// `session`, which is finished at the end. Ends early, without an error, when `stop` turns
/// true. Memory does not grow with the length of the source.
/// @returns input error when the source fails, and what `on_frame` fails with.
base::Result<Pass> run_pipeline(video::VideoReader& reader, blazepose::PoseTracker& tracker,
                                engine::Session& session, const Span& span,
                                const OnFrame& on_frame, const std::atomic<bool>& stop);

}  // namespace matside::cli
