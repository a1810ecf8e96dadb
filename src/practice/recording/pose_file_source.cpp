#include "practice/recording/pose_file_source.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "formats/imported_poses.h"
#include "practice/recording/read_poses.h"

namespace matside::recording {

base::Result<std::unique_ptr<Recording>> PoseFileSource::open(const std::filesystem::path& path,
                                                              const PracticeOptions& options,
                                                              const std::atomic<bool>& stop) {
  auto file = read_poses(path, options.poses, stop);
  if (!file) return file.error();
  std::vector<pose::PoseFrame> frames = std::move(file.value().poses.frames);
  const TimeRange& range = options.range;
  std::erase_if(frames, [&](const pose::PoseFrame& frame) {
    return (range.from && frame.time < *range.from) || (range.to && frame.time > *range.to);
  });
  if (frames.empty()) {
    return base::Error{base::ErrorKind::input,
                       path.string() + ": no poses between --from and --to; check these times"};
  }
  practice::SourceInfo info;
  info.path = path.string();
  info.sha256 = std::move(file.value().sha256);
  info.pose_model = std::move(file.value().poses.skeleton);
  info.size = frames.front().image_size;
  info.in_space = std::ranges::any_of(
      frames, [](const pose::PoseFrame& f) { return f.pose && f.pose->in_space(); });
  return std::unique_ptr<Recording>(new PoseFileSource(
      std::move(frames), std::move(file.value().poses.notes), std::move(info)));
}

base::Result<bool> PoseFileSource::run(const OnFrame& on_frame, const std::atomic<bool>& stop) {
  std::size_t read = 0;
  for (const pose::PoseFrame& frame : frames_) {
    if (stop) return false;
    const double completed = static_cast<double>(++read) / static_cast<double>(frames_.size());
    if (auto taken = on_frame({frame, completed}); !taken) return taken.error();
  }
  return true;
}

std::vector<std::string> PoseFileSource::warnings() const {
  std::vector<std::string> ids = notes_;
  for (std::string& id : formats::missing_joint_warnings(frames_)) ids.push_back(std::move(id));
  return ids;
}

}  // namespace matside::recording
