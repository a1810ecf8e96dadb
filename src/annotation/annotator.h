// Draws the overlay of an annotated video: skeleton, knee angle, counts, phase and cues.
//
//   auto annotator = annotation::Annotator::create(exercise, level, picture_size);
//   for each frame, after session.push(frame):
//     annotator.value().annotate({frame, turned_by, events, session.frame_state(),
//                                 session.counts()}, canvas);
//
// One thread at a time.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>

#include "annotation/overlay_content.h"
#include "annotation/overlay_layer.h"
#include "annotation/overlay_panel.h"
#include "annotation/panel_placement.h"
#include "annotation/skeleton_drawing.h"
#include "core/base/point.h"
#include "core/base/result.h"
#include "core/engine/session.h"
#include "core/exercise/definition.h"
#include "core/pose/pose_frame.h"
#include "core/signal/one_euro.h"
#include "vision/image/canvas.h"

namespace matside::annotation {

/// A frame and what the session reported for it.
struct AnalysedFrame {
  const pose::PoseFrame& frame;  ///< Pose in pixels of frame.image_size.
  /// Clockwise quarter turns, 0 to 3, from the frame's picture to the canvas.
  int quarter_turns = 0;
  std::span<const engine::Event> events;  ///< Events of this frame.
  const engine::FrameState& frame_state;
  const engine::RepetitionCounts& counts;
};

/// Draws the skeleton in the colours of its sides, the moving knee's flexion (or what else the
/// exercise counts by), repetition counts, the phase, an indicator for each kick or peak, and
/// after a repetition its readings and at most one cue. Sizes scale with the picture. Shows
/// only what the session had reported by that frame.
class Annotator {
 public:
  /// @param exercise must outlive the annotator and have the level (asserted).
  /// @param size of the pictures in pixels, before even_size().
  /// Fails with ErrorKind::output when no font is installed.
  static base::Result<Annotator> create(const exercise::Definition& exercise, int level,
                                        base::ImageSize size);

  /// Draws the frame's overlay. Call once for each frame, in order. `canvas` must have the
  /// even_size() of `size` (asserted).
  void annotate(const AnalysedFrame& analysed, image::Canvas& canvas);

 private:
  Annotator(const exercise::Definition& exercise, int level, base::ImageSize size);
  [[nodiscard]] pose::Pose placed(const AnalysedFrame& analysed) const;
  BodyLabels labels(const AnalysedFrame& analysed, pose::Side near);
  std::optional<KneeAngleLabel> knee_angle_label(const AnalysedFrame& analysed,
                                                 pose::Side side);
  [[nodiscard]] JointLabel joint_label(const exercise::MovementState& movement,
                                       pose::Side near) const;

  const exercise::Definition* exercise_;
  base::ImageSize size_;
  double unit_px_;
  OverlayContentBuilder content_;
  PanelPlacement edge_;
  OverlayPanel panel_;
  OverlayLayer lines_;
  std::array<signal::OneEuro, 2> flexion_;  ///< Of each leg that moves.
  std::optional<OverlayContent::Cue> cue_;  ///< The cue shown.
  Edge cue_edge_ = Edge::bottom;            ///< The edge where the cue stays while shown.
};

}  // namespace matside::annotation
