#include "annotation/annotator.h"

#include <algorithm>
#include <utility>

#include "annotation/lettering.h"
#include "core/kinematics/body_frame.h"

namespace matside::annotation {
namespace {

// A joint with a lower score is a guess.
constexpr double kMinScore = 0.1;
// Words of one line with their margins, in units.
constexpr double kWordsBand = 18.0;

/// A picture's hundredth: of its height, or where it is narrow of what its width allows.
double unit_px(base::ImageSize size) {
  return std::min(1.0 * size.height_px, 0.8 * size.width_px) / 100.0;
}

}  // namespace

base::Result<Annotator> Annotator::create(const exercise::Definition& exercise, int level,
                                          base::ImageSize size) {
  if (auto font = find_font(); !font) return font.error();
  return Annotator(exercise, level, size);
}

Annotator::Annotator(const exercise::Definition& exercise, int level, base::ImageSize size)
    : size_(size),
      unit_px_(unit_px(size)),
      notes_(exercise, level),
      edge_(size.height_px),
      board_(image::even_size(size), unit_px_),
      lines_(image::even_size(size)) {}

/// The pose in pixels of the picture drawn on.
pose::Pose Annotator::placed(const Judged& judged) const {
  pose::Pose pose = *judged.frame.pose;
  const base::ImageSize seen = judged.frame.image_size;
  const bool across = judged.quarters % 2 == 1;
  const double scale_x = 1.0 * size_.width_px / (across ? seen.height_px : seen.width_px);
  const double scale_y = 1.0 * size_.height_px / (across ? seen.width_px : seen.height_px);
  for (pose::Keypoint& k : pose.keypoints) {
    base::ImageSize size = seen;
    for (int i = 0; i < judged.quarters; ++i) {
      k.position = {size.height_px - k.position.y_px, k.position.x_px};
      size = {size.height_px, size.width_px};
    }
    k.position = {k.position.x_px * scale_x, k.position.y_px * scale_y};
  }
  return pose;
}

/// The knee of the leg that moves: the flexion as the source reads it, or else as it is seen.
std::optional<BentKnee> Annotator::bent_knee(const Judged& judged) {
  const exercise::Movement& movement = judged.moment.movement;
  if (movement.phase == exercise::MovementPhase::rest || !judged.frame.pose) {
    bent_.reset();
    return std::nullopt;
  }
  const pose::Side side = movement.raised;
  std::optional<base::Degrees> flexion = judged.moment.knee_flexion[pose::index(side)];
  const auto& read = judged.frame.pose->knees[pose::index(side)];
  if (read && pose::sound(*read)) flexion = read->flexion;
  if (!flexion) return std::nullopt;
  if (bent_ != side) flexion_.reset();
  bent_ = side;
  const double steady_deg = flexion_.push(judged.frame.time, flexion->value());
  return BentKnee{side, base::Degrees(std::max(0.0, steady_deg))};
}

void Annotator::annotate(const Judged& judged, image::Canvas& canvas) {
  lines_.wipe();
  std::optional<Box> extent;
  const auto knee = bent_knee(judged);
  if (judged.frame.pose) {
    Body body{placed(judged), std::nullopt};
    const auto frame = kinematics::measure(judged.frame, kMinScore);
    if (frame && frame->attitude == kinematics::Attitude::lying) {
      body.near = kinematics::near_side(frame->head_direction);
    }
    extent = extent_of(body.pose);
    draw_body(lines_, body, knee, unit_px_);
    lines_.lay_on(canvas);
  }
  const Notes& notes =
      notes_.see(judged.moment, judged.events, judged.counts, judged.frame.time);
  edge_.see(extent, board_.band_px(), judged.frame.time);
  if (notes.cue != cue_ || !notes.cue) {
    cue_ = notes.cue;
    const Edge far = opposite(edge_.edge());
    const double band_px = kWordsBand * unit_px_;
    const double beside_px = edge_.covered_px(edge_.edge(), board_.band_px() + band_px) -
                             edge_.covered_px(edge_.edge(), board_.band_px());
    words_ = edge_.covered_px(far, band_px) > beside_px ? edge_.edge() : far;
  }
  board_.show(notes, edge_.edge(), words_);
  board_.lay_on(canvas);
}

}  // namespace matside::annotation
