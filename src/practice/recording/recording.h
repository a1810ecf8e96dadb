// A recorded practice: a video, a photo, or poses that another program found.
//
//   auto source = recording::open(path, options, stop);
//   if (!source) return source.error();
//   auto record = practice::analyse(*source.value(), exercise, options.level, on_frame, stop);
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>

#include "core/base/result.h"
#include "practice/recording/options.h"
#include "practice/source.h"
#include "vision/video/video_reader.h"

namespace matside::recording {

/// A source that may have pictures.
class Recording : public practice::Source {
 public:
  /// Of a video or photo; null where there are no pictures.
  [[nodiscard]] virtual const video::VideoInfo* video() const = 0;
  /// As stored, of the frame that run() hands over, during the callback; null where there are
  /// no pictures.
  [[nodiscard]] virtual const video::Frame* picture() const = 0;
};

/// Opens a video, a photo, a pose file or a folder of pose files.
/// @param stop ends reading early; must outlive the recording
/// @returns ErrorKind::input for a file that can't be read, ErrorKind::model for a network file
///   that is missing or changed, and as read_poses()
base::Result<std::unique_ptr<Recording>> open(const std::filesystem::path& path,
                                              const PracticeOptions& options,
                                              const std::atomic<bool>& stop);

}  // namespace matside::recording
