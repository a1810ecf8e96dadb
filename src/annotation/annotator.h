// Draws what is seen of a practice into the pictures of its video.
//
//   auto annotator = annotation::Annotator::create(exercise, level, picture_size);
//   for each frame, after session.push(frame):
//     annotator.value().annotate({frame, turned_by, events, session.moment(),
//                                 session.counts()}, canvas);
//
// One thread at a time.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "annotation/board.h"
#include "annotation/body_lines.h"
#include "annotation/free_edge.h"
#include "annotation/notes.h"
#include "annotation/sheet.h"
#include "core/base/point.h"
#include "core/base/result.h"
#include "core/engine/session.h"
#include "core/exercise/definition.h"
#include "core/pose/pose_frame.h"
#include "core/signal/one_euro.h"
#include "vision/image/canvas.h"

namespace matside::annotation {

/// A frame as a session has just taken it.
struct Judged {
  const pose::PoseFrame& frame;
  /// The picture drawn on is the frame's turned clockwise by so many quarters, 0 to 3.
  int quarters = 0;
  std::span<const engine::Event> events;
  const engine::Moment& moment;
  const engine::Counts& counts;
};

/// The skeleton in the colours of its sides, the flexion of the knee that is bent, repetitions
/// counted, the phase in words, a light for each kick, and after a repetition at most one cue:
/// what a teacher who watches would know at that moment. All sizes are shares of the picture's.
class Annotator {
 public:
  /// @param exercise must outlive it, and have the level (asserted).
  /// @param size of the pictures, before a canvas makes it even.
  /// Fails with ErrorKind::output where no font is installed.
  static base::Result<Annotator> create(const exercise::Definition& exercise, int level,
                                        base::ImageSize size);

  void annotate(const Judged& judged, image::Canvas& canvas);

 private:
  Annotator(const exercise::Definition& exercise, int level, base::ImageSize size);
  [[nodiscard]] pose::Pose placed(const Judged& judged) const;
  std::optional<BentKnee> bent_knee(const Judged& judged);

  base::ImageSize size_;
  double unit_px_;
  NoteTaker notes_;
  FreeEdge edge_;
  Board board_;
  Sheet lines_;
  signal::OneEuro flexion_;
  std::optional<pose::Side> bent_;  ///< Whose flexion the filter has.
  std::optional<Notes::Cue> cue_;   ///< What is being said,
  Edge words_ = Edge::bottom;       ///< and where it stays.
};

}  // namespace matside::annotation
