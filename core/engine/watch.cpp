#include "core/engine/watch.h"

#include <algorithm>
#include <cmath>

namespace matside::engine {
namespace {

using kinematics::BodyFrame;
using pose::Side;

// Below this a second kick can fall between two frames (movement.md 5.6).
constexpr double kFewestFramesPerSecond = 20.0;
// A thigh shorter than this share of the picture's longer side: noise of a pixel or two is then
// several degrees.
constexpr double kShortestThigh = 0.08;
// Less of the practice than this is not the practice.
constexpr double kSeenSeldom = 0.2;
constexpr double kSeenMostly = 0.8;

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

}  // namespace

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
  const int longer_px = std::max(frame.image_size.width_px, frame.image_size.height_px);
  if (longest_thigh_px(*body) < kShortestThigh * longer_px) ++small_;
}

View Watch::view() const {
  if (lying_ == 0 || head_right_votes_ == 0) return {};
  const Side head = head_right_votes_ > 0 ? Side::right : Side::left;
  return {kinematics::near_side(head), head};
}

std::vector<Warning> Watch::warnings(const exercise::Definition& definition,
                                     bool any_repetition) const {
  std::vector<Warning> out;
  const auto warn = [&](const std::string& id) {
    const exercise::Phrase* phrase = definition.phrase("warning_" + id);
    out.push_back({id, phrase != nullptr ? phrase->text : id});
  };
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
  if (lying_ > 0 && share(small_, lying_) > 0.5) warn("person_small");
  const double span_s = (last_ - first_).value();
  if (frames_ > 1 &&
      static_cast<double>(frames_ - 1) < kFewestFramesPerSecond * 0.97 * span_s) {
    warn("low_frame_rate");
  }
  if (out_of_order_ > 0) warn("disorder");
  return out;
}

}  // namespace matside::engine
