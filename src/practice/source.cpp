#include "practice/source.h"

#include "practice/pose_file_source.h"
#include "practice/read_poses.h"
#include "practice/video_source.h"

namespace matside::practice {

base::Result<std::unique_ptr<Source>> open_source(const std::filesystem::path& path,
                                                  const PracticeOptions& options,
                                                  const std::atomic<bool>& stop) {
  return is_pose_file(path) ? PoseFileSource::open(path, options, stop)
                            : VideoSource::open(path, options, stop);
}

}  // namespace matside::practice
