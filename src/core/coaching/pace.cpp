#include "core/coaching/pace.h"

#include <algorithm>

namespace matside::coaching {

using base::Seconds;

Pace::Pace(const exercise::AudioGuideRules& guide, const exercise::SpeechRules& speech,
           int kicks)
    : weight_(speech.pace_weight.value),
      bend_(kicks > 1 ? guide.bend.value : guide.slow_bend.value),
      beats_(guide.beat.value * (kicks - 1)),
      lowering_(guide.lower.value),
      rest_(speech.side_within.value) {}

void Pace::take(const exercise::Repetition& repetition) {
  const auto learn = [&](Seconds& usual, Seconds now) { usual += weight_ * (now - usual); };
  if (last_end_ && repetition.start >= *last_end_) learn(rest_, repetition.start - *last_end_);
  last_end_ = repetition.end;
  if (repetition.kicks.empty()) return;
  const Seconds first = repetition.kicks.front().time;
  const Seconds last = repetition.kicks.back().time;
  learn(bend_, first - repetition.start);
  learn(beats_, last - first);
  learn(lowering_, std::max(Seconds(0.0), repetition.end - last));
}

}  // namespace matside::coaching
