// A recorded practice to analyse: a video, a photo, or poses that another program found.
//
//   auto source = practice::open_source(path, options, stop);
//   if (!source) return source.error();
//   auto record = practice::analyse(*source.value(), exercise, options.level, on_frame, stop);
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/point.h"
#include "core/base/result.h"
#include "core/pose/pose_frame.h"
#include "practice/options.h"
#include "vision/video/video_reader.h"

namespace matside::practice {

/// One frame of a source. The references are valid during the callback only.
struct SourceFrame {
  const pose::PoseFrame& pose;      ///< In the source's own pixels.
  const video::Frame* picture;      ///< As stored; null where the source has only poses.
  std::optional<double> completed;  ///< Share of the source read, 0 to 1, where it is known.
};

/// What is known of a source before it is read.
struct SourceInfo {
  std::string path;        ///< As the person gave it.
  std::string sha256;      ///< Of the whole file, as lower-case hexadecimal digits.
  std::string pose_model;  ///< blazepose-full, openpose-body-25, ...
  bool eye = false;        ///< Whether the eye for lying bodies helps the pose model.
  base::ImageSize size;    ///< Of the first picture, as stored.
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
  /// Of a video or photo; null where there are no pictures.
  [[nodiscard]] virtual const video::VideoInfo* video() const = 0;
  /// Reads the whole range; call it once. Ends early, without an error, when `stop` turns true.
  /// @returns whether it reached the end; ErrorKind::input when the source can't be read or has
  ///   no frame in the range, ErrorKind::model when a network fails, and what `on_frame`
  ///   returned
  virtual base::Result<bool> run(const OnFrame& on_frame, const std::atomic<bool>& stop) = 0;
  /// Ids of warnings about the source, after run(): input_truncated, poses_without_feet, ...
  [[nodiscard]] virtual std::vector<std::string> warnings() const = 0;
};

/// Opens a video, a photo, a pose file or a folder of OpenPose's files.
/// @param stop ends reading early; must outlive the source
/// @returns ErrorKind::input for a file that can't be read, ErrorKind::model for a network file
///   that is missing or changed, and as read_poses()
base::Result<std::unique_ptr<Source>> open_source(const std::filesystem::path& path,
                                                  const PracticeOptions& options,
                                                  const std::atomic<bool>& stop);

}  // namespace matside::practice
