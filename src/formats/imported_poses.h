// What the readers of other programs' poses share: values that a file may lack, the choice of
// one person among several, and the checks of a frame.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/point.h"
#include "core/base/result.h"
#include "core/pose/pose_frame.h"

namespace matside::formats {

/// Values that a pose file may lack; the person gives them as options.
struct PoseHints {
  std::optional<base::ImageSize> size;  ///< Of the pictures.
  std::optional<double> rate_hz;        ///< Frames a second.
};

/// Poses that another program found.
struct ImportedPoses {
  /// The name in the result file: openpose-body-25, openpose-coco-18, coco-17,
  /// coco-wholebody-133, halpe-26, halpe-136, mediapipe-33, markers or matside-poses.
  std::string skeleton;
  /// Rounded; indices and times increase. Joints that the file lacks have the score 0.
  std::vector<pose::PoseFrame> frames;
  /// Ids of warnings of the reader, such as poses_up_z: how it read what the file leaves open.
  std::vector<std::string> notes = {};
};

/// Values beyond these are errors.
inline constexpr int kMaxImageSide_px = 100'000;
inline constexpr double kMaxFrameRate_hz = 1000.0;
inline constexpr double kMaxTime_s = 1e6;
inline constexpr double kMaxFrameIndex = 9e15;
/// Of one recording: nearly four hours at 30 a second. A frame takes about 1 kB of memory, but
/// as little as 4 bytes in a file.
inline constexpr std::size_t kMaxFrames = 400'000;
/// Pixels from here. A coordinate that is a fraction of the picture's side is hardly ever
/// larger.
inline constexpr double kMinPixelCoordinate = 2.0;

/// ErrorKind::input. @param place  file and place
base::Error too_many_frames_error(const std::string& place);
/// ErrorKind::usage, naming the file and the option that supplies the value.
base::Error missing_size_error(const std::string& name);
base::Error missing_rate_error(const std::string& name);

/// Chooses one person in each picture of a recording: a lying person before others, then the
/// one closest to the last choice, then the largest.
class PersonSelector {
 public:
  /// @returns the chosen body; none if there are no bodies
  [[nodiscard]] std::optional<pose::Pose> choose(std::span<const pose::Pose> bodies);

 private:
  std::optional<base::ImagePoint> last_;
};

/// @returns ids of warnings for joints that no frame has: poses_without_head, _ears, _elbows,
///   _feet; empty if there is no pose at all
std::vector<std::string> missing_joint_warnings(std::span<const pose::PoseFrame> frames);

/// A pose's score, for files that have none: the mean of the joints that are present.
double mean_score(const pose::Pose& pose);

/// Checks a frame, rounds it and appends it.
/// @param place  file and place, for errors
/// @returns ErrorKind::input: more than kMaxFrames, an index or time that does not increase, a
/// time below 0 or beyond
///   kMaxTime_s, a joint far outside any picture
base::Result<void> add_frame(pose::PoseFrame frame, const std::string& place,
                             std::vector<pose::PoseFrame>& frames);

/// Checks that the poses are in the pictures whose size the person gave. A few joints outside
/// are noted in the poses (poses_outside_picture).
/// @returns ErrorKind::usage, with a size that would fit where there is one, if more than a
///   quarter of the joints are outside
base::Result<void> check_picture_size(ImportedPoses& poses, const PoseHints& hints,
                                      const std::string& name);

}  // namespace matside::formats
