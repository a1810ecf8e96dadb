// Fetches a report's pictures from the recording: one pass through it, a frame at a time.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/pose/pose_frame.h"
#include "report/pictures.h"
#include "vision/video/video_reader.h"

namespace matside::report {

/// Told how much of the way is done, 0 to 1.
using OnFetched = std::function<void(std::int64_t frames, double done)>;

/// Fills in the pictures of `shown`, whose instants are places among `frames`, from the
/// recording those frames were seen in. With faces blurred, a picture in which it is not known
/// where the face is is left out. Ends early, without an error, when `stop` turns true.
/// @returns ErrorKind::input when the recording can no longer be read
base::Result<void> fetch_pictures(video::VideoReader& reader,
                                  std::span<const pose::PoseFrame> frames, const Crop& crop,
                                  Faces faces, std::vector<Shown>& shown,
                                  const OnFetched& on_fetched, const std::atomic<bool>& stop);

}  // namespace matside::report
