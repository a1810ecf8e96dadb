// Finds and follows the person who practises: pictures in, poses out.
//
//   auto tracker = blazepose::PoseTracker::create({.folder = models_dir}, {.threads = 2});
//   auto pose = tracker.value().detect(picture);      // a photo
//   auto poses = tracker.value().track(pictures);     // the next frames of a video
//   auto done = tracker.value().follow(frame_source);  // a whole video, frame by frame
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/pose/pose_frame.h"
#include "vision/blazepose/frame_pipeline.h"
#include "vision/blazepose/landmark_model.h"
#include "vision/blazepose/orientation_estimator.h"
#include "vision/blazepose/person_search.h"
#include "vision/blazepose/search_scheduler.h"
#include "vision/image/view.h"

namespace matside::blazepose {

/// The followed person's pose in one picture of a video.
struct TrackedPose {
  std::optional<pose::Pose> pose;  ///< Nothing when nobody is found.
  /// Clockwise quarter turns, 0 to 3, that make the picture upright (see OrientationEstimator).
  /// The pose is in pixels of that rotated picture.
  int quarter_turns = 0;
};

/// A video's pictures and a receiver of their poses. Each function is called in frame order,
/// one call at a time, by any of the tracker's threads. `next` may run during `done` of an
/// earlier picture.
struct FrameSource {
  /// Puts the next picture into `slot`, 0 to kSlots - 1, where it must stay valid until `done`
  /// returns for that slot. Returns nothing at the end.
  std::function<base::Result<std::optional<image::View>>(std::size_t slot)> next;
  /// Takes the pose of the picture in `slot`.
  std::function<base::Result<void>(std::size_t slot, const TrackedPose& seen)> done;
};

/// Finds and follows one person, preferring a person who lies down. Poses are those of each
/// picture alone, in its pixels, without smoothing.
/// Not for use by two threads at once.
class PoseTracker {
 public:
  struct Options {
    /// At least 1 (asserted), the caller's included; more than `lag` bring no gain. The poses
    /// do not depend on it.
    int threads = 1;
    /// A person is searched where they were this many frames before, 1 to kMaxLag.
    int lag = kMaxLag;
  };

  /// Loads the networks. Fails with ErrorKind::model when a file is missing, changed, or has
  /// unexpected inputs or outputs.
  static base::Result<PoseTracker> create(const PoseModels& models, Options options);

  /// Follows a person through the frames of `frame_source`. Does not change person while the
  /// current one is found, except for one who more likely practises; after a loss, searches the
  /// whole picture. Several calls continue one video. Do not use the tracker after an error.
  /// Fails with ErrorKind::input on a picture without pixels, ErrorKind::model when a network
  /// fails, and with the errors of `frame_source`.
  base::Result<void> follow(const FrameSource& frame_source);

  /// As `follow`, for pictures in memory; returns one entry a picture, in order.
  base::Result<std::vector<TrackedPose>> track(std::span<const image::View> pictures);

  /// The pose in a single picture, independent of all others, or nothing. Fails as `follow`.
  base::Result<std::optional<pose::Pose>> detect(const image::View& picture);

 private:
  PoseTracker(PersonSearch search, std::vector<LandmarkModel> landmarks, Options options)
      : person_search_(std::move(search)),
        landmarks_(std::move(landmarks)),
        pipeline_(std::make_unique<FramePipeline>(static_cast<std::size_t>(options.lag))) {}

  base::Result<FramePipeline::CommitResult> commit(const image::View& picture,
                                                   const FramePipeline::Inference* seen,
                                                   LandmarkModel& landmarks);
  base::Result<std::optional<Person>> retry_last_region(const image::View& picture,
                                                        LandmarkModel& landmarks);
  base::Result<std::optional<Person>> search_for_better_candidate(const image::View& picture,
                                                                  LandmarkModel& landmarks);
  base::Result<std::optional<Person>> search_for_person(const image::View& picture,
                                                        LandmarkModel& landmarks);
  base::Result<std::optional<Person>> search_any_person(const image::View& picture,
                                                        LandmarkModel& landmarks);
  base::Result<std::optional<Person>> retry_last_lying_region(const image::View& picture,
                                                              LandmarkModel& landmarks);
  void remember(const std::optional<Person>& person);
  [[nodiscard]] TrackedPose current_pose(const image::View& picture) const;

  PersonSearch person_search_;
  std::vector<LandmarkModel> landmarks_;  ///< By thread.
  std::unique_ptr<FramePipeline> pipeline_;
  OrientationEstimator orientation_;
  std::optional<Person> person_;             ///< In the last frame.
  bool ever_seen_ = false;                   ///< A person was found in this video.
  std::optional<Region> last_lying_;         ///< Region of the last lying person,
  Posture last_posture_ = Posture::upright;  ///< and their posture.
  int frames_since_lying_ = 0;
  int frames_without_ = 0;    ///< Consecutive frames without a person.
  int frames_unsure_ = 0;     ///< Consecutive frames with a person of a lesser posture.
  std::size_t searches_ = 0;  ///< Single-region searches done.
  SearchScheduler search_scheduler_;
};

}  // namespace matside::blazepose
