#include "annotation/annotator.h"

#include <algorithm>
#include <utility>

#include "annotation/text_style.h"
#include "core/exercise/reading_name.h"
#include "core/kinematics/body_frame.h"

namespace matside::annotation {
namespace {

// Joints with a lower score are ignored.
constexpr double kMinScore = 0.1;
// Height of a one-line cue with its margins, in units.
constexpr double kCueBand = 18.0;

/// The unit of all sizes: a hundredth of the height, or of 0.8 of the width if that is less.
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
    : exercise_(&exercise),
      size_(size),
      unit_px_(unit_px(size)),
      content_(exercise, level),
      edge_(size.height_px),
      panel_(image::even_size(size), unit_px_),
      lines_(image::even_size(size)) {}

/// The pose in pixels of the canvas.
pose::Pose Annotator::placed(const AnalysedFrame& analysed) const {
  pose::Pose pose = *analysed.frame.pose;
  const base::ImageSize seen = analysed.frame.image_size;
  const bool across = analysed.quarter_turns % 2 == 1;
  const double scale_x = 1.0 * size_.width_px / (across ? seen.height_px : seen.width_px);
  const double scale_y = 1.0 * size_.height_px / (across ? seen.width_px : seen.height_px);
  for (pose::Keypoint& k : pose.keypoints) {
    base::ImageSize size = seen;
    for (int i = 0; i < analysed.quarter_turns; ++i) {
      k.position = {size.height_px - k.position.y_px, k.position.x_px};
      size = {size.height_px, size.width_px};
    }
    k.position = {k.position.x_px * scale_x, k.position.y_px * scale_y};
  }
  return pose;
}

/// A knee: its flexion in space if the pose has it, else that in the picture.
std::optional<KneeAngleLabel> Annotator::knee_angle_label(const AnalysedFrame& analysed,
                                                          pose::Side side) {
  std::optional<base::Degrees> flexion = analysed.frame_state.knee_flexion[pose::index(side)];
  const auto& read = analysed.frame.pose->knees[pose::index(side)];
  if (read && pose::is_valid(*read)) flexion = read->flexion;
  if (!flexion) return std::nullopt;
  const double steady_deg =
      flexion_[pose::index(side)].push(analysed.frame.time, flexion->value());
  return KneeAngleLabel{side, base::Degrees(std::max(0.0, steady_deg))};
}

/// What a repetition is counted by, at the joint that it is measured at.
JointLabel Annotator::joint_label(const exercise::MovementState& movement,
                                  pose::Side near) const {
  using exercise::Channel;
  using pose::Landmark;
  const Channel channel = exercise_->cycle->channel;
  const bool of_one_leg = exercise_->by_side();
  const Landmark joint = channel == Channel::trunk_incline ? Landmark::left_shoulder
                         : channel == Channel::neck_angle  ? Landmark::left_ear
                                                           : Landmark::left_hip;
  const bool degrees = exercise::unit_of(channel) == "deg";
  std::string text =
      exercise::reading_text(std::max(0.0, movement.reading), exercise::unit_of(channel));
  if (degrees) text = text.substr(0, text.find(' ')) + "°";
  return {pose::on_side(joint, of_one_leg ? movement.raised : near),
          of_one_leg ? std::optional(movement.raised) : std::nullopt, std::move(text)};
}

BodyLabels Annotator::labels(const AnalysedFrame& analysed, pose::Side near) {
  const exercise::MovementState& movement = analysed.frame_state.movement;
  BodyLabels labels;
  const bool moves = movement.phase != exercise::MovementPhase::rest && analysed.frame.pose;
  const bool of_knees =
      !exercise_->cycle || exercise_->cycle->channel == exercise::Channel::knee_flexion;
  if (moves && !of_knees) labels.joint = joint_label(movement, near);
  const bool both = exercise_->cycle && exercise_->cycle->sides == exercise::CycleSides::both;
  for (const pose::Side side : pose::kSides) {
    if (!moves || !of_knees || (!both && side != movement.raised)) {
      flexion_[pose::index(side)].reset();
    } else if (const auto knee = knee_angle_label(analysed, side)) {
      labels.knees.push_back(*knee);
    }
  }
  return labels;
}

void Annotator::annotate(const AnalysedFrame& analysed, image::Canvas& canvas) {
  lines_.clear();
  std::optional<Box> extent;
  if (analysed.frame.pose) {
    DrawnBody body{placed(analysed), std::nullopt};
    const auto frame = kinematics::measure(analysed.frame, kMinScore);
    if (frame && frame->posture == kinematics::BodyPosture::lying) {
      body.near = kinematics::near_side(frame->head_direction);
    }
    extent = extent_of(body.pose);
    draw_skeleton(lines_, body, labels(analysed, body.near.value_or(pose::Side::left)),
                  unit_px_);
    lines_.composite_onto(canvas);
  } else {
    for (signal::OneEuro& filter : flexion_) filter.reset();
  }
  const OverlayContent& content = content_.update(analysed.frame_state, analysed.events,
                                                  analysed.counts, analysed.frame.time);
  edge_.update(extent, panel_.band_px(), analysed.frame.time);
  if (content.cue != cue_ || !content.cue) {
    cue_ = content.cue;
    const Edge far = opposite(edge_.edge());
    const double band_px = kCueBand * unit_px_;
    const double beside_px = edge_.covered_px(edge_.edge(), panel_.band_px() + band_px) -
                             edge_.covered_px(edge_.edge(), panel_.band_px());
    cue_edge_ = edge_.covered_px(far, band_px) > beside_px ? edge_.edge() : far;
  }
  panel_.show(content, edge_.edge(), cue_edge_);
  panel_.composite_onto(canvas);
}

}  // namespace matside::annotation
