// Pictures in, the practising person's pose out.
//
//   auto tracker = blazepose::PoseTracker::create({.folder = models_dir}, 2);
//   auto poses = tracker.value().track(pictures);  // the next kBatch frames of a video
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/pose/pose_frame.h"
#include "vision/blazepose/detector.h"
#include "vision/blazepose/landmark_crew.h"
#include "vision/blazepose/lying_finder.h"
#include "vision/image/image.h"

namespace matside::blazepose {

/// Frames of a video that are looked at together.
inline constexpr std::size_t kBatch = 4;

/// Finds and follows one person: the one who lies down, or else one who does not.
/// Landmarks are those of each picture by itself, in its pixels; nothing is smoothed.
/// Not for use by two threads at once.
class PoseTracker {
 public:
  /// `threads` >= 1, the caller's included; more than kBatch are of no use. The poses do not
  /// depend on their number. Fails with ErrorKind::model when a file is missing, cut short or
  /// changed.
  static base::Result<PoseTracker> create(const Networks& networks, int threads);

  /// The poses in the next frames of a video, in order; nothing where nobody is seen. Looks in
  /// all of them, kBatch at a time, where the person was in the last frame before; never jumps
  /// to another person while they are seen; after a loss, looks everywhere again. To be called
  /// with kBatch frames, and with fewer only at the end: the region is older or newer, and the
  /// landmarks a little different, when a video is cut up in another way.
  /// Fails with ErrorKind::input on a picture without pixels, ErrorKind::model when a network
  /// fails.
  base::Result<std::vector<std::optional<pose::Pose>>> track(
      std::span<const image::Image* const> pictures);

  /// The pose in a single picture, with no memory of others. Fails as `track` does.
  base::Result<std::optional<pose::Pose>> detect(const image::Image& picture);

 private:
  using Pictures = std::span<const image::Image* const>;
  using Poses = std::vector<std::optional<pose::Pose>>;

  PoseTracker(Detector detector, std::optional<LyingFinder> finder,
              std::unique_ptr<LandmarkCrew> landmarks)
      : detector_(std::move(detector)),
        finder_(std::move(finder)),
        landmarks_(std::move(landmarks)) {}

  /// Someone seen, where they were looked for, and how they are placed.
  struct Person {
    Body body;
    bool lying = false;
  };

  base::Result<std::size_t> follow(Pictures pictures, Poses& poses);
  base::Result<std::optional<Person>> look_again(const image::Image& picture);
  base::Result<std::optional<Person>> search(const image::Image& picture);
  base::Result<std::optional<Person>> look_where_they_lay(const image::Image& picture);
  base::Result<std::optional<Person>> look(const image::Image& picture, const Region& square);
  base::Result<std::optional<Person>> look_for_lying(const image::Image& picture);
  base::Result<std::optional<Person>> look_closer(const image::Image& picture,
                                                  const Person& person);
  base::Result<std::optional<Person>> look_everywhere(const image::Image& picture);
  [[nodiscard]] bool same_person(const Person& now) const;
  void remember(const std::optional<Person>& person, Poses& poses);

  Detector detector_;
  std::optional<LyingFinder> finder_;
  std::unique_ptr<LandmarkCrew> landmarks_;
  std::optional<Person> person_;      ///< In the last frame.
  std::optional<Region> last_lying_;  ///< Where a lying person was last seen.
  int frames_since_lying_ = 0;
  int frames_without_ = 0;  ///< Frames in a row in which nobody was found.
  int frames_upright_ = 0;  ///< Frames of someone upright since one lying was looked for.
  std::size_t looks_ = 0;   ///< Single looks taken while nobody was seen.
};

}  // namespace matside::blazepose
