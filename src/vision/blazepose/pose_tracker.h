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
#include "vision/blazepose/tracked_pose.h"
#include "vision/image/view.h"

namespace matside::blazepose {

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
    /// Pictures that look_ahead() may take. At least 0, and only on one thread (asserted).
    int ahead = 0;
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

  /// Begins to look at a picture that a later follow() will be given: the first one, or the
  /// next after the last look_ahead(). Worth it where networks run beside the caller
  /// (network::Network::start()); the poses do not depend on it. Nothing happens where the
  /// region is not known yet, which needs a lag of at least `ahead`. The picture need not stay
  /// where it is. Call it between two calls of follow().
  void look_ahead(const image::View& picture);
  /// How many pictures look_ahead() takes before follow() is given the first of them.
  [[nodiscard]] std::size_t most_ahead() const { return ahead_.size(); }

  /// As `follow`, for pictures in memory; returns one entry a picture, in order.
  base::Result<std::vector<TrackedPose>> track(std::span<const image::View> pictures);

  /// The pose in a single picture, independent of all others, or nothing. Fails as `follow`.
  base::Result<std::optional<pose::Pose>> detect(const image::View& picture);

 private:
  /// The body in a picture that look_ahead() was given.
  struct Ahead {
    LandmarkModel landmarks;
    std::optional<FramePipeline::Place> place;  ///< Until the picture is followed.
  };

  PoseTracker(PersonSearch search, std::vector<LandmarkModel> landmarks,
              std::vector<Ahead> ahead, Options options)
      : person_search_(std::move(search)),
        landmarks_(std::move(landmarks)),
        ahead_(std::move(ahead)),
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
  std::optional<FramePipeline::Inference> take_ahead(std::size_t slot,
                                                     const std::optional<Region>& region);
  [[nodiscard]] TrackedPose current_pose(const image::View& picture) const;

  PersonSearch person_search_;
  std::vector<LandmarkModel> landmarks_;  ///< By thread.
  std::vector<Ahead> ahead_;
  std::size_t looked_ahead_ = 0;  ///< Pictures given to look_ahead() and not to follow() yet.
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
