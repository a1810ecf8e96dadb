#include "practice/recording/recording.h"

#include "practice/recording/pose_file_source.h"
#include "practice/recording/read_poses.h"
#include "practice/recording/video_source.h"

namespace matside::recording {

base::Result<std::unique_ptr<Recording>> open(const std::filesystem::path& path,
                                              const PracticeOptions& options,
                                              const std::atomic<bool>& stop) {
  return is_pose_file(path) ? PoseFileSource::open(path, options, stop)
                            : VideoSource::open(path, options, stop);
}

}  // namespace matside::recording
