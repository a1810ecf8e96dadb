#include "core/engine/feet_monitor.h"

#include <algorithm>

namespace matside::engine {
namespace {

using base::Seconds;
using kinematics::BodyFrame;
using pose::Landmark;
using pose::Side;

// How far the point is from the nearest edge of the picture, pixels; below 0 outside.
double inside_px(base::ImagePoint p, base::ImageSize size) {
  return std::min({p.x_px, p.y_px, size.width_px - p.x_px, size.height_px - p.y_px});
}

}  // namespace

bool FeetMonitor::outside(const pose::PoseFrame& frame, const BodyFrame& body,
                          Side side) const {
  const pose::Keypoint& ankle = (*frame.pose)[pose::on_side(Landmark::left_ankle, side)];
  if (!pose::is_present(ankle) || !pose::is_valid(ankle)) return false;
  const base::ImageSize size = frame.image_size;
  const double edge_px = rules_.feet_edge.value * std::max(size.width_px, size.height_px);
  if (inside_px(ankle.position, size) < edge_px) return true;
  if (ankle.score >= rules_.feet_score_min.value) return false;
  // It may be hidden instead, unless the edge is within the shank's reach of the knee.
  const pose::Keypoint& knee = (*frame.pose)[pose::on_side(Landmark::left_knee, side)];
  const double thigh_px = base::length(knee.position - body.hip);
  return pose::is_valid(knee) &&
         inside_px(knee.position, size) < rules_.feet_reach.value * thigh_px;
}

bool FeetMonitor::long_enough(const Stretch& stretch) const {
  return stretch.to - stretch.from >= Seconds(rules_.feet_cut_min.value);
}

bool FeetMonitor::observe(const pose::PoseFrame& frame, const BodyFrame& body) {
  bool due = false;
  for (const Side side : pose::kSides) {
    if (!outside(frame, body, side)) continue;
    std::vector<Stretch>& stretches = outside_[pose::index(side)];
    const bool same = !stretches.empty() &&
                      frame.time - stretches.back().to <= Seconds(rules_.feet_back.value);
    if (!same) {
      if (!stretches.empty() && !long_enough(stretches.back())) stretches.pop_back();
      stretches.push_back({frame.time, frame.time});
      continue;
    }
    const bool before = long_enough(stretches.back());
    stretches.back().to = frame.time;
    due = due || (!before && long_enough(stretches.back()));
  }
  cut_off_ = cut_off_ || due;
  return due;
}

bool FeetMonitor::cut_off_during(Seconds from, Seconds to) const {
  return std::ranges::any_of(outside_, [&](const std::vector<Stretch>& stretches) {
    return std::ranges::any_of(stretches, [&](const Stretch& s) {
      return long_enough(s) && s.from <= to && s.to >= from;
    });
  });
}

bool FeetMonitor::guessed(Side side, Seconds time) const {
  return std::ranges::any_of(outside_[pose::index(side)], [&](const Stretch& s) {
    return long_enough(s) && s.from <= time && s.to >= time;
  });
}

bool FeetMonitor::all_kicks_guessed(const exercise::Repetition& repetition) const {
  return std::ranges::all_of(repetition.kicks, [&](const exercise::Kick& kick) {
    const bool left = guessed(Side::left, kick.time);
    const bool right = guessed(Side::right, kick.time);
    switch (repetition.side) {
      case exercise::KickingSide::left:
        return left;
      case exercise::KickingSide::right:
        return right;
      case exercise::KickingSide::unsure:
      case exercise::KickingSide::both:
        break;
    }
    return left && right;
  });
}

}  // namespace matside::engine
