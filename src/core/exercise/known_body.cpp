#include "core/exercise/known_body.h"

#include <algorithm>

namespace matside::exercise {

using base::Seconds;
using kinematics::BodyFrame;

KnownBody::Seen KnownBody::observe(Seconds time, const std::optional<BodyFrame>& body) {
  // A head on the other side means another person, or a rotated recording.
  const bool known = body && kinematics::is_down(body->posture) &&
                     body->head_direction == head_direction_.value_or(body->head_direction);
  if (!known) return time - last_seen_ <= loss_ ? Seen::not_now : Seen::lost;
  last_seen_ = time;
  head_direction_ = body->head_direction;
  return Seen::yes;
}

void keep_recent(std::vector<BodyFrame>& frames, const BodyFrame& body, Seconds window) {
  frames.push_back(body);
  const auto keep = std::ranges::find_if(
      frames, [&](const BodyFrame& b) { return body.time - b.time <= window; });
  frames.erase(frames.begin(), keep);
}

kinematics::RestNoise usual_noise(const MeasurementRules& rules) {
  return {rules.rest_noise_hip.value, rules.rest_noise_knee.value, rules.rest_noise_thigh.value,
          rules.rest_noise_trunk.value, rules.rest_noise_neck.value};
}

}  // namespace matside::exercise
