#include "core/engine/framing.h"

#include <algorithm>
#include <array>

namespace matside::engine {
namespace {

using kinematics::BodyFrame;
using pose::Landmark;

double longest_thigh_px(const BodyFrame& body) {
  double longest = 0.0;
  for (const auto& leg : body.legs) {
    if (leg) longest = std::max(longest, leg->thigh_px);
  }
  return longest;
}

bool cut_off(const pose::PoseFrame& frame) {
  constexpr std::array kEnds{Landmark::nose, Landmark::left_ankle, Landmark::right_ankle};
  return std::ranges::any_of(kEnds, [&](Landmark end) {
    const pose::Keypoint& k = (*frame.pose)[end];
    const base::ImagePoint p = k.position;
    return pose::is_present(k) && !(p.x_px > 0.0 && p.x_px < frame.image_size.width_px &&
                                    p.y_px > 0.0 && p.y_px < frame.image_size.height_px);
  });
}

}  // namespace

Framing assess_framing(const pose::PoseFrame& frame, const BodyFrame& body,
                       const exercise::CameraRules& rules) {
  const int longer_px = std::max(frame.image_size.width_px, frame.image_size.height_px);
  return {body.legs[0] && body.legs[1], cut_off(frame),
          longest_thigh_px(body) < rules.thigh_min.value * longer_px};
}

}  // namespace matside::engine
