// A video or photo as a source: decodes pictures and finds the pose in each.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "practice/recording/options.h"
#include "practice/recording/recording.h"
#include "vision/blazepose/pose_tracker.h"
#include "vision/video/video_reader.h"

namespace matside::recording {

/// Memory doesn't grow with the length of the video.
class VideoSource : public Recording {
 public:
  /// @returns as recording::open()
  static base::Result<std::unique_ptr<Recording>> open(const std::filesystem::path& path,
                                                       const PracticeOptions& options,
                                                       const std::atomic<bool>& stop);

  [[nodiscard]] const practice::SourceInfo& info() const override { return info_; }
  [[nodiscard]] const video::VideoInfo* video() const override { return &reader_.info(); }
  [[nodiscard]] const video::Frame* picture() const override { return picture_; }
  base::Result<bool> run(const OnFrame& on_frame, const std::atomic<bool>& stop) override;
  [[nodiscard]] std::vector<std::string> warnings() const override;

 private:
  VideoSource(video::VideoReader reader, blazepose::PoseTracker tracker, TimeRange range,
              practice::SourceInfo info)
      : reader_(std::move(reader)),
        tracker_(std::move(tracker)),
        range_(range),
        info_(std::move(info)) {}
  [[nodiscard]] std::optional<double> completed(base::Seconds time) const;
  base::Result<void> detect_each(const blazepose::FrameSource& frames);

  video::VideoReader reader_;
  blazepose::PoseTracker tracker_;
  TimeRange range_;
  const video::Frame* picture_ = nullptr;
  practice::SourceInfo info_;
};

}  // namespace matside::recording
