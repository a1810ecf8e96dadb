// Pictures in, the practising person's pose out.
//
//   auto tracker = blazepose::PoseTracker::create(models_dir, blazepose::Variant::full, 2);
//   auto pose = tracker.value().track(picture);  // nothing when nobody is seen
#pragma once

#include <array>
#include <filesystem>
#include <optional>

#include "core/base/result.h"
#include "core/pose/pose_frame.h"
#include "vision/blazepose/detector.h"
#include "vision/blazepose/landmarks.h"
#include "vision/image/image.h"

namespace matside::blazepose {

/// Finds and follows one person: the one who lies down, or else one who does not.
/// Landmarks are those of each picture by itself, in its pixels; nothing is smoothed.
/// Not for use by two threads at once.
class PoseTracker {
 public:
  /// `models_dir` holds the network files by their published names; `threads` >= 1.
  /// Fails with ErrorKind::model when a file is missing, cut short or changed.
  static base::Result<PoseTracker> create(const std::filesystem::path& models_dir,
                                          Variant variant, int threads);

  /// The pose in the next frame of a video. Looks where the person was in the last one and
  /// never jumps to another person while they are seen; after a loss, looks everywhere again.
  /// Fails with ErrorKind::input on a picture without pixels, ErrorKind::model when a network
  /// fails.
  base::Result<std::optional<pose::Pose>> track(const image::Image& picture);

  /// The pose in a single picture, with no memory of others. Fails as `track` does.
  base::Result<std::optional<pose::Pose>> detect(const image::Image& picture);

 private:
  PoseTracker(Detector detector, LandmarkFinder landmarks)
      : detector_(std::move(detector)), landmarks_(std::move(landmarks)) {}

  /// Someone seen, where they were looked for, and how they are placed.
  struct Person {
    Body body;
    bool lying = false;
  };

  base::Result<std::optional<Person>> follow(const image::Image& picture);
  base::Result<std::optional<Person>> search(const image::Image& picture);
  base::Result<std::optional<Person>> search_turned(const image::Image& picture,
                                                    base::Radians turn);
  base::Result<std::optional<Person>> search_all_turns(const image::Image& picture);
  [[nodiscard]] bool same_person(const Person& now) const;
  void remember(const std::optional<Person>& person);

  Detector detector_;
  LandmarkFinder landmarks_;
  std::optional<Person> person_;      ///< In the last frame.
  std::optional<Region> last_lying_;  ///< Where a lying person was last seen.
  int frames_since_lying_ = 0;
  int frames_without_ = 0;  ///< Frames in a row in which nobody was found.
  int frames_upright_ = 0;  ///< Frames since a lying person was last looked for.
  std::size_t next_turn_ = 0;
};

}  // namespace matside::blazepose
