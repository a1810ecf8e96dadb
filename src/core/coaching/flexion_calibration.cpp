#include "core/coaching/flexion_calibration.h"

#include <algorithm>

namespace matside::coaching {

using base::Degrees;
using base::Seconds;

std::optional<std::string_view> FlexionCalibration::ask(Seconds now, bool at_rest) {
  if (done() || !at_rest) return std::nullopt;
  if (asked_at_ && now - *asked_at_ < Seconds(rules_.calibration_wait.value))
    return std::nullopt;
  if (unanswered_ == static_cast<int>(rules_.calibration_attempts.value)) {
    given_up_ = true;
    return std::nullopt;
  }
  ++unanswered_;
  asked_at_ = now;
  if (!first_asked_at_) first_asked_at_ = now;
  return kSides[next_] == pose::Side::left ? "bend_left" : "bend_right";
}

bool FlexionCalibration::is_calibration_bend(const exercise::Repetition& repetition) const {
  return !done() && first_asked_at_ && repetition.start >= *first_asked_at_ &&
         repetition.kicks.size() < 2;
}

void FlexionCalibration::take(const exercise::Repetition& repetition) {
  const Degrees bend = repetition.greatest_bend;
  comfortable_ = comfortable_ ? std::min(*comfortable_, bend) : bend;
  --unanswered_;
  ++next_;
  first_asked_at_.reset();
  asked_at_.reset();
}

}  // namespace matside::coaching
