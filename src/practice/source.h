// A recorded practice to analyse, frame by frame (videos and files of poses:
// practice/recording).
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/calendar_time.h"
#include "core/base/point.h"
#include "core/base/result.h"
#include "core/pose/pose_frame.h"

namespace matside::practice {

/// One frame of a source. The reference is valid during the callback only.
struct SourceFrame {
  const pose::PoseFrame& pose;      ///< In the source's own pixels.
  std::optional<double> completed;  ///< Share of the source read, 0 to 1, where it is known.
};

/// What is known of a source before it is read.
struct SourceInfo {
  std::string path;        ///< As the person gave it.
  std::string sha256;      ///< Of the whole file, as lower-case hexadecimal digits.
  std::string pose_model;  ///< blazepose-full, openpose-body-25, ...
  bool eye = false;        ///< Whether the eye for lying bodies helps the pose model.
  base::ImageSize size;    ///< Of the first picture, as stored.
  std::optional<base::ZonedTime> recorded{};  ///< When it was recorded, as it says.
  bool in_space = false;                      ///< Whether its legs are measured in space.
};

/// Gives the frames of one recorded practice, in order. One thread at a time.
class Source {
 public:
  /// Called with each frame in order, one call at a time, on any thread. An error ends the run.
  using OnFrame = std::function<base::Result<void>(const SourceFrame&)>;

  Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  virtual ~Source() = default;

  [[nodiscard]] virtual const SourceInfo& info() const = 0;
  /// Reads the whole range; call it once. Ends early, without an error, when `stop` turns true.
  /// @returns whether it reached the end; ErrorKind::input when the source can't be read or has
  ///   no frame in the range, ErrorKind::model when a network fails, and what `on_frame`
  ///   returned
  virtual base::Result<bool> run(const OnFrame& on_frame, const std::atomic<bool>& stop) = 0;
  /// Ids of warnings about the source, after run(): input_truncated, poses_without_feet, ...
  [[nodiscard]] virtual std::vector<std::string> warnings() const = 0;
};

}  // namespace matside::practice
