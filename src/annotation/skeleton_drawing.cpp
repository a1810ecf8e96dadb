#include "annotation/skeleton_drawing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

#include "annotation/text_style.h"
#include "core/base/math.h"

namespace matside::annotation {
namespace {

using base::ImagePoint;
using base::ImageVector;
using pose::Keypoint;
using pose::Landmark;
using pose::Side;

// Joints with a lower score are drawn faintly, as on the page; below kGuess they are omitted.
constexpr double kSeen = 0.5;
constexpr double kGuess = 0.1;
constexpr double kFaint = 0.35;
constexpr double kBehind = 0.7;
constexpr double kLine = 1.1;         // width of a line, in units
constexpr double kLineBehind = 0.75;  // ... on the far side
constexpr double kEdgeWidth = 0.55;   // outline
constexpr double kJoint = 1.05;       // radius
constexpr double kFarthest_px = 1e5;

using Bone = std::pair<Landmark, Landmark>;
constexpr std::array<Bone, 6> kLimbs{{{Landmark::left_shoulder, Landmark::left_elbow},
                                      {Landmark::left_elbow, Landmark::left_wrist},
                                      {Landmark::left_hip, Landmark::left_knee},
                                      {Landmark::left_knee, Landmark::left_ankle},
                                      {Landmark::left_ankle, Landmark::left_heel},
                                      {Landmark::left_ankle, Landmark::left_foot_index}}};
constexpr std::array<Landmark, 6> kJoints{Landmark::left_shoulder, Landmark::left_elbow,
                                          Landmark::left_wrist,    Landmark::left_hip,
                                          Landmark::left_knee,     Landmark::left_ankle};
constexpr std::array<Bone, 2> kAcross{{{Landmark::left_shoulder, Landmark::right_shoulder},
                                       {Landmark::left_hip, Landmark::right_hip}}};

bool drawable(const Keypoint& k) {
  return pose::is_valid(k) && k.score >= kGuess && std::abs(k.position.x_px) < kFarthest_px &&
         std::abs(k.position.y_px) < kFarthest_px;
}

/// Style of a path.
struct Stroke {
  Rgba rgba;
  double width_px = 0.0;
  double alpha = 1.0;
};

class Drawing {
 public:
  Drawing(OverlayLayer& layer, const DrawnBody& body, double unit_px)
      : layer_(layer), pen_(layer.pen()), body_(body), unit_px_(unit_px) {
    cairo_set_line_cap(pen_, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(pen_, CAIRO_LINE_JOIN_ROUND);
  }

  void side(Side side) const {
    const bool behind = body_.near && side != *body_.near;
    const double width_px = (behind ? kLineBehind : kLine) * unit_px_;
    const double alpha = behind ? kBehind : 1.0;
    for (const double seen : {kFaint, 1.0}) {
      bones(side, seen, {kOutlineColour, width_px + 2.0 * kEdgeWidth * unit_px_, alpha});
      bones(side, seen, {side_colour(side), width_px, alpha});
    }
    joints(side, behind, alpha);
  }

  void trunk() const {
    for (const double seen : {kFaint, 1.0}) {
      trunk_lines(seen, {kOutlineColour, (kLine + 2.0 * kEdgeWidth) * unit_px_, 1.0});
      trunk_lines(seen, {kTrunk, kLine * unit_px_, 1.0});
    }
  }

  void angle(const KneeAngleLabel& knee, bool above) const;
  void joint_label(const JointLabel& label) const;

 private:
  [[nodiscard]] const Keypoint& at(Landmark left_twin, Side side) const {
    return body_.pose[pose::on_side(left_twin, side)];
  }
  [[nodiscard]] Side nearer() const { return body_.near.value_or(Side::left); }

  /// Adds the line to the path if its visibility is `seen`. @returns whether it was added.
  bool line(const Keypoint& from, const Keypoint& to, double seen) const {
    if (!drawable(from) || !drawable(to)) return false;
    if ((std::min(from.score, to.score) >= kSeen ? 1.0 : kFaint) != seen) return false;
    cairo_move_to(pen_, from.position.x_px, from.position.y_px);
    cairo_line_to(pen_, to.position.x_px, to.position.y_px);
    return true;
  }

  void bones(Side side, double seen, const Stroke& stroke) const {
    bool any = false;
    for (const auto& [from, to] : kLimbs) any |= line(at(from, side), at(to, side), seen);
    if (any) finish(stroke, seen);
  }

  void trunk_lines(double seen, const Stroke& stroke) const {
    bool any = false;
    for (const auto& [left, right] : kAcross) {
      any |= line(body_.pose[left], body_.pose[right], seen);
    }
    for (const Side side : pose::kSides) {
      any |= line(at(Landmark::left_shoulder, side), at(Landmark::left_hip, side), seen);
    }
    any |= line(at(Landmark::left_ear, nearer()), at(Landmark::left_shoulder, nearer()), seen);
    if (any) finish(stroke, seen);
  }

  /// Strokes the whole path at once, so that crossing lines do not blend twice.
  void finish(const Stroke& stroke, double seen) const {
    Box box;
    cairo_path_extents(pen_, &box.left_px, &box.top_px, &box.right_px, &box.bottom_px);
    layer_.mark_dirty(expanded(box, stroke.width_px));
    cairo_set_line_width(pen_, stroke.width_px);
    set_source_colour(pen_, stroke.rgba.with(stroke.rgba.alpha * stroke.alpha * seen));
    cairo_stroke(pen_);
  }

  void joints(Side side, bool behind, double alpha) const {
    for (const double seen : {kFaint, 1.0}) {
      const double radius_px = (behind ? 0.8 : 1.0) * kJoint * unit_px_;
      bool any = false;
      for (const Landmark joint : kJoints) {
        const Keypoint& k = at(joint, side);
        if (!drawable(k) || (k.score >= kSeen ? 1.0 : kFaint) != seen) continue;
        cairo_new_sub_path(pen_);
        cairo_arc(pen_, k.position.x_px, k.position.y_px, radius_px, 0.0,
                  2.0 * std::numbers::pi);
        any = true;
      }
      if (!any) continue;
      set_source_colour(pen_, (behind ? side_colour(side) : kTrunk).with(alpha * seen));
      cairo_fill(pen_);
    }
  }

  void plate(const std::string& text, const ImagePoint& at, bool above, const Rgba& rgba) const;

  OverlayLayer& layer_;
  cairo_t* pen_;
  const DrawnBody& body_;
  double unit_px_;
};

/// Draws the knee's flexion as an arc from the extended thigh to the shank, and as a number.
void Drawing::angle(const KneeAngleLabel& knee, bool above) const {
  const Keypoint& hip = at(Landmark::left_hip, knee.side);
  const Keypoint& middle = at(Landmark::left_knee, knee.side);
  const Keypoint& ankle = at(Landmark::left_ankle, knee.side);
  if (!drawable(hip) || !drawable(middle) || !drawable(ankle)) return;
  const ImagePoint centre = middle.position;
  const ImageVector thigh = centre - hip.position;
  const ImageVector shank = ankle.position - centre;
  if (!(base::length(thigh) > 0.0 && base::length(shank) > 0.0)) return;
  const double radius_px = std::min(6.5 * unit_px_, 0.45 * base::length(shank));
  const double from = base::atan2(thigh.y_px, thigh.x_px);
  const double to = base::atan2(shank.y_px, shank.x_px);
  for (const auto& [rgba, width] :
       {std::pair{kOutlineColour, 1.3}, std::pair{kTextColour, 0.55}}) {
    cairo_new_path(pen_);
    if (base::cross(thigh, shank) < 0.0) {
      cairo_arc_negative(pen_, centre.x_px, centre.y_px, radius_px, from, to);
    } else {
      cairo_arc(pen_, centre.x_px, centre.y_px, radius_px, from, to);
    }
    cairo_set_line_width(pen_, width * unit_px_);
    set_source_colour(pen_, rgba.with(0.9 * rgba.alpha));
    cairo_stroke(pen_);
  }
  layer_.mark_dirty({centre.x_px - radius_px - unit_px_, centre.y_px - radius_px - unit_px_,
                     centre.x_px + radius_px + unit_px_, centre.y_px + radius_px + unit_px_});

  plate(std::to_string(std::lround(knee.flexion.value())) + "°", centre, above,
        side_colour(knee.side));
}

/// Writes the text on a dark plate below the point, or above it.
void Drawing::plate(const std::string& text, const ImagePoint& at, bool above,
                    const Rgba& rgba) const {
  const TextLine text_line{text, 6.0 * unit_px_, FontWeight::bold};
  const double wide_px = width_px(pen_, text_line);
  const double high_px = cap_height_px(text_line);
  const double left_px = at.x_px - 0.5 * wide_px;
  const double base_px = above ? at.y_px - 5.5 * unit_px_ : at.y_px + 5.5 * unit_px_ + high_px;
  const double room_px = 1.4 * unit_px_;
  const Box box{left_px - 1.5 * room_px, base_px - high_px - room_px,
                left_px + wide_px + 1.2 * room_px, base_px + room_px};
  add_rounded_rectangle(pen_, box, 1.6 * unit_px_);
  set_source_colour(pen_, kPanelColour);
  cairo_fill(pen_);
  set_source_colour(pen_, rgba);
  write(pen_, text_line, left_px, base_px);
  layer_.mark_dirty(box);
}

void Drawing::joint_label(const JointLabel& label) const {
  const Keypoint& joint = body_.pose[label.joint];
  if (!drawable(joint)) return;
  plate(label.text, joint.position, false,
        label.side ? side_colour(*label.side) : kPraiseColour);
}

}  // namespace

void draw_skeleton(OverlayLayer& layer, const DrawnBody& body, const BodyLabels& labels,
                   double unit_px) {
  const Drawing drawing(layer, body, unit_px);
  const Side near = body.near.value_or(Side::left);
  drawing.side(pose::other(near));
  drawing.trunk();
  drawing.side(near);
  for (const KneeAngleLabel& knee : labels.knees) {
    drawing.angle(knee, labels.knees.size() > 1 && knee.side != near);
  }
  if (labels.joint) drawing.joint_label(*labels.joint);
}

std::optional<Box> extent_of(const pose::Pose& pose) {
  std::optional<Box> extent;
  for (const Keypoint& k : pose.keypoints) {
    if (!drawable(k) || k.score < kFaint) continue;
    const Box point{k.position.x_px, k.position.y_px, k.position.x_px, k.position.y_px};
    extent = extent ? bounding_union(*extent, point) : point;
  }
  return extent;
}

}  // namespace matside::annotation
