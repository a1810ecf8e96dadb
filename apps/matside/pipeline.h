// One source through the eye and the engine: decode, find the pose, judge.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "apps/matside/practice_options.h"
#include "core/base/quantity.h"
#include "core/base/result.h"
#include "core/engine/session.h"
#include "core/pose/pose_frame.h"
#include "vision/blazepose/tracker.h"
#include "vision/video/video_reader.h"

namespace matside::app {

/// How far a pass came.
struct Pass {
  std::int64_t frames = 0;
  base::Seconds first;  ///< Time of the first frame.
  base::Seconds last;   ///< Time of the last frame.
  bool stopped = false;

  /// Time the frames cover, the last one's own share included; 0 for a single frame.
  [[nodiscard]] base::Seconds covered() const;
};

/// Called with each frame's pose in the source's own pixels, in order, on any of the tracker's
/// threads; an error ends the pass.
using OnFrame = std::function<base::Result<void>(const pose::PoseFrame&)>;

/// Reads the span of `reader`, finds each frame's pose on the tracker's threads and gives it to
/// `session`, which is finished at the end. Ends early, without an error, when `stop` turns
/// true. Memory does not grow with the length of the source.
/// @returns input error when the source fails, and what `on_frame` fails with.
base::Result<Pass> run_pipeline(video::VideoReader& reader, blazepose::PoseTracker& tracker,
                                engine::Session& session, const Span& span,
                                const OnFrame& on_frame, const std::atomic<bool>& stop);

}  // namespace matside::app
