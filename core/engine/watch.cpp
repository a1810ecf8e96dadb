#include "core/engine/watch.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace matside::engine {
namespace {

using kinematics::BodyFrame;
using pose::Landmark;
using pose::Side;

// Below this a second kick can fall between two frames (movement.md 5.6).
constexpr double kFewestFramesPerSecond = 20.0;
// A thigh shorter than this share of the picture's longer side: noise of a pixel or two is then
// several degrees.
constexpr double kShortestThigh = 0.08;
// Less of the practice than this is not the practice.
constexpr double kSeenSeldom = 0.2;
constexpr double kSeenMostly = 0.8;
// A camera further off square than this is told (movement.md 5.5).
constexpr double kMostOffSquareDeg = 25.0;
// A lens 1.2 m above a mat 2.4 m away looks down so far.
constexpr double kMostLookingDownDeg = 25.0;
// A trunk this far outside the level's range is another level's: the range is of true angles,
// and a camera off square or high makes some ten degrees of a trunk's incline
// (movement.md 5.5).
constexpr double kTrunkMarginDeg = 14.0;

double share(std::int64_t part, std::int64_t whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0.0;
}

double longest_thigh_px(const BodyFrame& body) {
  double longest = 0.0;
  for (const auto& leg : body.legs) {
    if (leg) longest = std::max(longest, leg->thigh_px);
  }
  return longest;
}

// A foot or the head at the picture's very edge or beyond it.
bool cut_off(const pose::PoseFrame& frame) {
  constexpr std::array kEnds{Landmark::nose, Landmark::left_ankle, Landmark::right_ankle};
  return std::ranges::any_of(kEnds, [&](Landmark end) {
    const base::ImagePoint p = (*frame.pose)[end].position;
    return !(p.x_px > 0.0 && p.x_px < frame.image_size.width_px && p.y_px > 0.0 &&
             p.y_px < frame.image_size.height_px);
  });
}

}  // namespace

Warning worded(const exercise::Definition& definition, std::string_view id) {
  const std::string name(id);
  const exercise::Phrase* phrase = definition.phrase("warning_" + name);
  return {name, phrase != nullptr ? phrase->text : name};
}

void Watch::see(const pose::PoseFrame& frame, const std::optional<BodyFrame>& body) {
  if (frames_ == 0) first_ = frame.time;
  last_ = frame.time;
  ++frames_;
  if (frame.pose) ++with_pose_;
  if (frame.pose && frame.pose->by_eye) ++by_eye_;
  if (!body || body->attitude != kinematics::Attitude::lying) return;
  ++lying_;
  head_right_votes_ += body->head_direction == Side::right ? 1 : -1;
  if (body->legs[0] && body->legs[1]) ++legs_seen_;
  if (cut_off(frame)) ++cut_off_;
  const int longer_px = std::max(frame.image_size.width_px, frame.image_size.height_px);
  if (longest_thigh_px(*body) < kShortestThigh * longer_px) ++small_;
}

void Watch::see_rest(const kinematics::RestPose& rest, const kinematics::SquareView& view) {
  ++rests_;
  rest_trunk_deg_sum_ += rest.trunk_incline.value();
  yaw_deg_sum_ += view.yaw().value();
  pitch_deg_sum_ += view.pitch().value();
}

View Watch::view() const {
  if (lying_ == 0 || head_right_votes_ == 0) return {};
  const Side head = head_right_votes_ > 0 ? Side::right : Side::left;
  View view{kinematics::near_side(head), head, {}, {}};
  if (rests_ > 0) {
    view.camera_yaw = base::Degrees(yaw_deg_sum_ / static_cast<double>(rests_));
    view.camera_pitch = base::Degrees(pitch_deg_sum_ / static_cast<double>(rests_));
  }
  return view;
}

std::vector<Warning> Watch::warnings(const exercise::Definition& definition,
                                     const exercise::Level& level, bool any_repetition) const {
  std::vector<Warning> out;
  const auto warn = [&](std::string_view id) { out.push_back(worded(definition, id)); };
  if (frames_ == 1) warn("one_picture");
  if (with_pose_ == 0) {
    warn("no_person");
  } else if (share(lying_, with_pose_) < kSeenSeldom) {
    warn("not_lying");
  } else if (share(legs_seen_, lying_) < kSeenSeldom) {
    warn("legs_not_seen");
  } else if (!any_repetition && frames_ > 1) {
    warn("no_repetition");
  }
  if (with_pose_ > 0 && share(with_pose_, frames_) < kSeenMostly) warn("often_lost");
  if (interrupted_ > 0) warn("interrupted");
  if (unjudged_ > 0) warn("unsteady");
  if (lying_ > 0 && share(small_, lying_) > 0.5) warn("person_small");
  if (lying_ > 0 && share(cut_off_, lying_) > kSeenSeldom) warn("cut_off");
  if (rests_ > 0) {
    const View seen = view();
    const double yaw_deg = seen.camera_yaw.value_or(base::Degrees(0.0)).value();
    const double pitch_deg = seen.camera_pitch.value_or(base::Degrees(0.0)).value();
    if (std::abs(yaw_deg) > kMostOffSquareDeg) warn("camera_oblique");
    if (pitch_deg > kMostLookingDownDeg) warn("camera_high");
    const double trunk_deg = rest_trunk_deg_sum_ / static_cast<double>(rests_);
    if (trunk_deg < level.trunk_min.value - kTrunkMarginDeg) warn("chest_low");
    if (trunk_deg > level.trunk_max.value + kTrunkMarginDeg) warn("chest_high");
  }
  const double span_s = (last_ - first_).value();
  if (frames_ > 1 &&
      static_cast<double>(frames_ - 1) < kFewestFramesPerSecond * 0.97 * span_s) {
    warn("low_frame_rate");
  }
  return out;
}

}  // namespace matside::engine
