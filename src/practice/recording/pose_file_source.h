// A pose file as a source: poses without pictures.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "practice/recording/options.h"
#include "practice/recording/recording.h"

namespace matside::recording {

/// Holds all poses of the range in memory.
class PoseFileSource : public Recording {
 public:
  /// @returns as recording::open(); ErrorKind::input where the range has no poses
  static base::Result<std::unique_ptr<Recording>> open(const std::filesystem::path& path,
                                                       const PracticeOptions& options,
                                                       const std::atomic<bool>& stop);

  [[nodiscard]] const practice::SourceInfo& info() const override { return info_; }
  [[nodiscard]] const video::VideoInfo* video() const override { return nullptr; }
  [[nodiscard]] const video::Frame* picture() const override { return nullptr; }
  base::Result<bool> run(const OnFrame& on_frame, const std::atomic<bool>& stop) override;
  [[nodiscard]] std::vector<std::string> warnings() const override;

 private:
  PoseFileSource(std::vector<pose::PoseFrame> frames, std::vector<std::string> notes,
                 practice::SourceInfo info)
      : frames_(std::move(frames)), notes_(std::move(notes)), info_(std::move(info)) {}

  std::vector<pose::PoseFrame> frames_;
  std::vector<std::string> notes_;  ///< Ids of the reader's warnings.
  practice::SourceInfo info_;
};

}  // namespace matside::recording
