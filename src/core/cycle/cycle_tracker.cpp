#include "core/cycle/cycle_tracker.h"

#include <algorithm>

namespace matside::cycle {
namespace {

using base::Seconds;
using exercise::MovementPhase;
using signal::Sample;

// Readings kept for the speed, enough for 240 frames a second; beyond that the oldest are
// dropped.
constexpr std::size_t kRecentCapacity = 48;
// Slower than this share of the top in a second is no longer a rise: the top is held.
constexpr double kHeldShare = 0.25;

}  // namespace

CycleTracker::CycleTracker(const exercise::Definition& definition, const exercise::Level& level)
    : rules_(*definition.cycle), live_(definition.live), peaks_wanted_(level.kicks) {
  recent_.reserve(kRecentCapacity);
}

void CycleTracker::rest() {
  now_.phase = MovementPhase::rest;
  now_.kicks = 0;
  now_.reading = 0.0;
  recent_.clear();
  rising_ = true;
  counted_ = false;
  valley_ = 0.0;
  top_ = {};
}

void CycleTracker::update(Seconds time, double value, pose::Side leg) {
  now_.raised = leg;
  now_.reading = value;
  std::erase_if(recent_, [&](const Sample& s) {
    return time - s.time > Seconds(live_.speed_window.value);
  });
  if (recent_.size() == kRecentCapacity) recent_.erase(recent_.begin());
  const Sample sample{time, value};
  recent_.push_back(sample);
  follow_peaks(sample);
  now_.phase = phase_of(sample);
}

void CycleTracker::follow_peaks(const Sample& sample) {
  if (!rising_) {
    valley_ = std::min(valley_, sample.value);
    if (sample.value > valley_ + rules_.peak_prominence.value) {
      rising_ = true;
      counted_ = false;
      top_ = sample;
    }
    return;
  }
  if (sample.value > top_.value) top_ = sample;
  const bool fell = sample.value < top_.value - rules_.peak_prominence.value;
  const bool held = signal::slope(recent_) <= kHeldShare * top_.value &&
                    top_.value >= rules_.counted_from.value;
  if (!counted_ && top_.value >= rules_.counted_from.value && (fell || held)) {
    counted_ = true;
    ++now_.kicks;
    now_.last_kick = top_.time;
  }
  if (!fell) return;
  rising_ = false;
  valley_ = sample.value;
}

MovementPhase CycleTracker::phase_of(const Sample& sample) const {
  if (now_.kicks == 0) return rising_ ? MovementPhase::bending : MovementPhase::lowering;
  if (rising_ || now_.kicks < peaks_wanted_) return MovementPhase::kicking;
  const bool high = sample.value >= top_.value - rules_.peak_prominence.value;
  return high ? MovementPhase::kicking : MovementPhase::lowering;
}

}  // namespace matside::cycle
