#include "core/exercise/movement_tracker.h"

#include <algorithm>

namespace matside::exercise {
namespace {

using base::Degrees;
using base::Seconds;
using signal::Sample;

// Readings kept for the speed, enough for 240 frames a second; beyond that the oldest are
// dropped.
constexpr std::size_t kRecentCapacity = 32;

double mean_since(const std::vector<Sample>& samples, Seconds since) {
  double sum = 0.0;
  int count = 0;
  for (const Sample& s : samples) {
    if (s.time < since) continue;
    sum += s.value;
    ++count;
  }
  return count > 0 ? sum / count : 0.0;
}

}  // namespace

std::string_view name(MovementPhase phase) {
  switch (phase) {
    case MovementPhase::rest:
      return "rest";
    case MovementPhase::bending:
      return "bending";
    case MovementPhase::kicking:
      return "kicking";
    case MovementPhase::lowering:
      break;
  }
  return "lowering";
}

MovementTracker::MovementTracker(const RepetitionRules& rules, const LiveRules& live,
                                 const Level& level)
    : rules_(rules),
      live_(live),
      kicks_wanted_(level.kicks),
      usual_top_deg_(level.knee_min.value) {
  recent_.reserve(kRecentCapacity);
}

void MovementTracker::rest() {
  now_.phase = MovementPhase::rest;
  now_.kicks = 0;
  recent_.clear();
  rising_ = true;
  kicked_ = false;
  valley_deg_ = 0.0;
  top_ = {};
}

void MovementTracker::update(Seconds time, Degrees flexion, Degrees noise, pose::Side leg) {
  now_.raised = leg;
  std::erase_if(recent_, [&](const Sample& s) {
    return time - s.time > Seconds(live_.speed_window.value);
  });
  if (recent_.size() == kRecentCapacity) recent_.erase(recent_.begin());
  recent_.push_back({time, flexion.value()});
  const Sample mean{time, mean_since(recent_, time - Seconds(live_.mean_window.value))};
  const double prominence_deg = std::max(rules_.kick_prominence.value,
                                         rules_.kick_prominence_noise.value * noise.value());
  const bool wanted = now_.kicks < kicks_wanted_;
  const double rise_deg = (wanted ? 1.0 : live_.extra_kick_prominence.value) * prominence_deg;
  if (rising_) {
    rise(mean, prominence_deg);
  } else if (mean.value < valley_deg_) {
    valley_deg_ = mean.value;
  } else if (mean.value > valley_deg_ + rise_deg) {
    rising_ = true;
    kicked_ = false;
    top_ = mean;
  }
  now_.phase = phase_of(mean);
}

void MovementTracker::rise(const Sample& mean, double prominence_deg) {
  if (mean.value > top_.value) top_ = mean;
  const bool fell = mean.value < top_.value - prominence_deg;
  const bool stopped = signal::slope(recent_) <= 0.0 &&
                       top_.value >= (1.0 - live_.hesitation_share.value) * usual_top_deg_;
  if (!kicked_ && top_.value >= rules_.counted_bend.value && (fell || stopped)) kick();
  if (!fell) return;
  rising_ = false;
  valley_deg_ = mean.value;
}

void MovementTracker::kick() {
  kicked_ = true;
  const Seconds apart = top_.time - now_.last_kick;
  if (now_.kicks > 0 && apart < Seconds(rules_.kick_interval_min.value)) return;
  ++now_.kicks;
  now_.last_kick = top_.time;
  usual_top_deg_ += live_.learning_rate.value * (top_.value - usual_top_deg_);
}

MovementPhase MovementTracker::phase_of(const Sample& mean) const {
  if (now_.kicks == 0) return rising_ ? MovementPhase::bending : MovementPhase::lowering;
  if (rising_ && !kicked_) return MovementPhase::kicking;
  const bool awaited = now_.kicks < kicks_wanted_ &&
                       mean.time - now_.last_kick <= Seconds(rules_.kick_interval_max.value);
  if (awaited && mean.value >= rules_.counted_bend.value) return MovementPhase::kicking;
  const bool high = mean.value >= top_.value - live_.lowering_drop.value;
  return high && rising_ ? MovementPhase::kicking : MovementPhase::lowering;
}

}  // namespace matside::exercise
