// Pictures in, the practising person's pose out.
//
//   auto tracker = blazepose::PoseTracker::create({.folder = models_dir}, {.threads = 2});
//   auto pose = tracker.value().detect(picture);      // a photo
//   auto poses = tracker.value().track(pictures);     // the next frames of a video
//   auto done = tracker.value().follow(film);         // a whole video, frame by frame
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/pose/pose_frame.h"
#include "vision/blazepose/landmarks.h"
#include "vision/blazepose/presence.h"
#include "vision/blazepose/relay.h"
#include "vision/blazepose/search.h"
#include "vision/blazepose/upright.h"
#include "vision/image/view.h"

namespace matside::blazepose {

/// What was seen in a picture of a video.
struct Seen {
  std::optional<pose::Pose> pose;  ///< Nothing where nobody is seen.
  /// The pose is in the picture turned clockwise by as many quarters: so it stands upright, as
  /// whoever lay in it has told (see Upright).
  int quarters = 0;
};

/// A video: where its pictures come from, and where the poses go. Both are called for the
/// pictures in order and never twice at a time, but by any of the tracker's threads, and `next`
/// while `done` works on an earlier picture.
struct Film {
  /// Makes the next picture ready in `slot`, 0 to kSlots - 1, where it stays until `done` has
  /// had that slot. @returns nothing at the end.
  std::function<base::Result<std::optional<image::View>>(std::size_t slot)> next;
  /// Takes what was seen in the picture of `slot`.
  std::function<base::Result<void>(std::size_t slot, const Seen& seen)> done;
};

/// Finds and follows one person: the one who lies down, or else one who does not.
/// Landmarks are those of each picture by itself, in its pixels; nothing is smoothed.
/// Not for use by two threads at once.
class PoseTracker {
 public:
  struct Options {
    /// At least 1, the caller's included; more than `lag` are of no use. The poses do not
    /// depend on their number.
    int threads = 1;
    /// A person is looked for where they were this many pictures before, 1 to kMostLag.
    int lag = kMostLag;
  };

  /// Fails with ErrorKind::model when a file is missing, cut short or changed.
  static base::Result<PoseTracker> create(const Networks& networks, Options options);

  /// Follows a person through what `film` shows. Never jumps to another person while they are
  /// seen; after a loss, looks everywhere again. Pictures given by several calls are those of
  /// one video. After an error the tracker is of no more use. Fails with ErrorKind::input on a
  /// picture without pixels, ErrorKind::model when a network fails, and with what `film` fails
  /// with.
  base::Result<void> follow(const Film& film);

  /// As `follow`, pictures in memory, what was seen in them in order.
  base::Result<std::vector<Seen>> track(std::span<const image::View> pictures);

  /// The pose in a single picture, with no memory of others. Fails as `follow` does.
  base::Result<std::optional<pose::Pose>> detect(const image::View& picture);

 private:
  PoseTracker(Search search, std::vector<LandmarkFinder> landmarks, Options options)
      : search_(std::move(search)),
        landmarks_(std::move(landmarks)),
        relay_(std::make_unique<Relay>(static_cast<std::size_t>(options.lag))) {}

  base::Result<Relay::Settled> settle(const image::View& picture, const Relay::Seen* seen,
                                      LandmarkFinder& landmarks);
  base::Result<std::optional<Person>> look_once_more(const image::View& picture,
                                                     LandmarkFinder& landmarks);
  base::Result<std::optional<Person>> look_again(const image::View& picture,
                                                 LandmarkFinder& landmarks);
  base::Result<std::optional<Person>> search(const image::View& picture,
                                             LandmarkFinder& landmarks);
  base::Result<std::optional<Person>> look_for_anybody(const image::View& picture,
                                                       LandmarkFinder& landmarks);
  base::Result<std::optional<Person>> look_where_they_lay(const image::View& picture,
                                                          LandmarkFinder& landmarks);
  void remember(const std::optional<Person>& person);
  [[nodiscard]] Seen seen_in(const image::View& picture) const;

  Search search_;
  std::vector<LandmarkFinder> landmarks_;  ///< By thread.
  std::unique_ptr<Relay> relay_;
  Upright upright_;
  std::optional<Person> person_;             ///< In the last frame.
  bool anybody_ = false;                     ///< Somebody was seen at some time.
  std::optional<Region> last_lying_;         ///< Where a lying person was last seen,
  Posture last_posture_ = Posture::upright;  ///< and how they lay.
  int frames_since_lying_ = 0;
  int frames_without_ = 0;  ///< Frames in a row in which nobody was found,
  int frames_unsure_ = 0;   ///< in which somebody was who perhaps does not practise.
  std::size_t looks_ = 0;   ///< Single looks taken.
  Presence presence_;
};

}  // namespace matside::blazepose
