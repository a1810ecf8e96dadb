// A video or photo as a source: decodes pictures and finds the pose in each.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "practice/options.h"
#include "practice/source.h"
#include "vision/blazepose/pose_tracker.h"
#include "vision/video/video_reader.h"

namespace matside::practice {

/// Memory doesn't grow with the length of the video.
class VideoSource : public Source {
 public:
  /// @returns as open_source()
  static base::Result<std::unique_ptr<Source>> open(const std::filesystem::path& path,
                                                    const PracticeOptions& options,
                                                    const std::atomic<bool>& stop);

  [[nodiscard]] const SourceInfo& info() const override { return info_; }
  [[nodiscard]] const video::VideoInfo* video() const override { return &reader_.info(); }
  base::Result<bool> run(const OnFrame& on_frame, const std::atomic<bool>& stop) override;
  [[nodiscard]] std::vector<std::string> warnings() const override;

 private:
  VideoSource(video::VideoReader reader, blazepose::PoseTracker tracker, TimeRange range,
              SourceInfo info)
      : reader_(std::move(reader)),
        tracker_(std::move(tracker)),
        range_(range),
        info_(std::move(info)) {}
  [[nodiscard]] std::optional<double> completed(base::Seconds time) const;
  base::Result<void> detect_each(const blazepose::FrameSource& frames);

  video::VideoReader reader_;
  blazepose::PoseTracker tracker_;
  TimeRange range_;
  SourceInfo info_;
};

}  // namespace matside::practice
