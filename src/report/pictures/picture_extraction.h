// Extracts a report's pictures from the recording, in one pass.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/pose/pose_frame.h"
#include "report/pictures/cropped_picture.h"
#include "vision/video/video_reader.h"

namespace matside::pictures {

/// Called with the frames read so far and the fraction done, 0 to 1.
using OnProgress = std::function<void(std::int64_t frames, double done)>;

/// Fills in the JPEG of each of `shown`, whose snapshots refer to `frames`, from the recording
/// of those frames. With blurred faces, a picture whose face cannot be located stays empty.
/// Ends early, without an error, when `stop` becomes true. Fails with ErrorKind::input when the
/// recording can no longer be read, and with ErrorKind::output when memory is short.
base::Result<void> extract_pictures(video::VideoReader& reader,
                                    std::span<const pose::PoseFrame> frames,
                                    const report::Crop& crop, FaceMode faces,
                                    std::vector<report::SnapshotPicture>& shown,
                                    const OnProgress& on_progress,
                                    const std::atomic<bool>& stop);

}  // namespace matside::pictures
