// What readers of other programs' poses share: what is asked of the person where a file does
// not say it, which body of several is followed, and frames in order.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/point.h"
#include "core/base/result.h"
#include "core/pose/pose_frame.h"

namespace matside::formats {

/// What a file of poses may leave unsaid, as the person told it.
struct PoseHints {
  std::optional<base::ImageSize> size;  ///< Of the pictures.
  std::optional<double> rate_hz;        ///< Pictures a second.
};

/// Poses that another program found.
struct ImportedPoses {
  /// As the result file tells it: openpose-body-25, coco-17, halpe-26, mediapipe-33, markers,
  /// matside-poses.
  std::string skeleton;
  /// Rounded; indices and times rise. A joint that the file does not have has the score 0.
  std::vector<pose::PoseFrame> frames;
};

/// Larger pictures, faster cameras and later times than these are mistakes.
inline constexpr int kMaxImageSide_px = 100'000;
inline constexpr double kMaxFrameRate_hz = 1000.0;
inline constexpr double kMaxTime_s = 1e6;

/// ErrorKind::usage, in one line with the option that tells it.
base::Error missing_size_error(const std::string& name);
base::Error missing_rate_error(const std::string& name);

/// Of the bodies in each picture in turn, the one to follow: somebody lying before anybody who
/// does not, then where the last one was, then the largest.
class PersonSelector {
 public:
  /// Nothing where there is none.
  [[nodiscard]] std::optional<pose::Pose> choose(std::span<const pose::Pose> bodies);

 private:
  std::optional<base::ImagePoint> last_;
};

/// What no frame has, as ids of warnings: poses_without_head, _ears, _elbows, _feet. None where
/// there is no pose at all.
std::vector<std::string> missing_joint_warnings(std::span<const pose::PoseFrame> frames);

/// A body's score where a file has none: the mean of the joints that are there.
double mean_score(const pose::Pose& pose);

/// Adds a frame, rounded, in its place behind the others.
/// @returns ErrorKind::input naming `place`: an index or a time that does not rise, a time
///   before 0 or beyond all practices, a joint that no picture could have.
base::Result<void> add_frame(pose::PoseFrame frame, const std::string& place,
                             std::vector<pose::PoseFrame>& frames);

}  // namespace matside::formats
