// A pose file as a source: poses without pictures.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "practice/options.h"
#include "practice/source.h"

namespace matside::practice {

/// Holds all poses of the range in memory.
class PoseFileSource : public Source {
 public:
  /// @returns as open_source(); ErrorKind::input where the range has no poses
  static base::Result<std::unique_ptr<Source>> open(const std::filesystem::path& path,
                                                    const PracticeOptions& options,
                                                    const std::atomic<bool>& stop);

  [[nodiscard]] const SourceInfo& info() const override { return info_; }
  [[nodiscard]] const video::VideoInfo* video() const override { return nullptr; }
  base::Result<bool> run(const OnFrame& on_frame, const std::atomic<bool>& stop) override;
  [[nodiscard]] std::vector<std::string> warnings() const override;

 private:
  PoseFileSource(std::vector<pose::PoseFrame> frames, SourceInfo info)
      : frames_(std::move(frames)), info_(std::move(info)) {}

  std::vector<pose::PoseFrame> frames_;
  SourceInfo info_;
};

}  // namespace matside::practice
