#include "core/coaching/utterance_timing.h"

namespace matside::coaching {

using base::Seconds;

Utterance timed_count(const exercise::Definition& definition, int number,
                      Seconds foot_is_back) {
  Utterance count = count_utterance(definition, number);
  count.not_before = foot_is_back - Seconds(definition.speech.count_before.value);
  count.start_by = foot_is_back + Seconds(definition.speech.count_within.value);
  return count;
}

void time_remark(Utterance& remark, const exercise::SpeechRules& rules, Seconds foot_is_back,
                 const Pace& pace, Seconds now) {
  const bool praise = remark.kind == UtteranceKind::praise;
  remark.start_by =
      now + Seconds(praise ? rules.praise_within.value : rules.correction_within.value);
  remark.end_by = foot_is_back + pace.rest() + pace.to_last_kick() + pace.lowering();
}

}  // namespace matside::coaching
