#include "core/coaching/pace.h"

#include <algorithm>
#include <utility>

namespace matside::coaching {

using base::Seconds;

namespace {

/// The times of the first and the last kick or peak; there is one.
std::pair<Seconds, Seconds> first_and_last(const exercise::Repetition& repetition) {
  if (!repetition.kicks.empty())
    return {repetition.kicks.front().time, repetition.kicks.back().time};
  // Where both legs move, those of one leg come before those of the other.
  const auto [first, last] = std::ranges::minmax(repetition.peaks, {}, &exercise::Peak::time);
  return {first.time, last.time};
}

}  // namespace

Pace::Pace(const exercise::AudioGuideRules& guide, const exercise::SpeechRules& speech,
           const exercise::Level& level)
    : weight_(speech.pace_weight.value),
      bend_(level.kicks > 1 ? guide.bend.value : guide.slow_bend.value),
      beats_(guide.beat.value * (level.kicks - 1)),
      lowering_(guide.lower.value),
      rest_(speech.side_within.value) {
  if (!level.tempo) return;
  bend_ = Seconds(level.tempo->rise.value);
  lowering_ = Seconds(level.tempo->hold.value + level.tempo->lower.value);
}

void Pace::take(const exercise::Repetition& repetition) {
  const auto learn = [&](Seconds& usual, Seconds now) { usual += weight_ * (now - usual); };
  if (last_end_ && repetition.start >= *last_end_) learn(rest_, repetition.start - *last_end_);
  last_end_ = repetition.end;
  if (repetition.kicks.empty() && repetition.peaks.empty()) return;
  const auto [first, last] = first_and_last(repetition);
  learn(bend_, first - repetition.start);
  learn(beats_, last - first);
  learn(lowering_, std::max(Seconds(0.0), repetition.end - last));
}

}  // namespace matside::coaching
