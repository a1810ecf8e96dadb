#include "core/coaching/utterance.h"

#include <algorithm>
#include <cassert>

namespace matside::coaching {

std::string_view name(UtteranceKind kind) {
  switch (kind) {
    case UtteranceKind::safety:
      return "safety";
    case UtteranceKind::guide:
      return "guide";
    case UtteranceKind::prompt:
      return "prompt";
    case UtteranceKind::count:
      return "count";
    case UtteranceKind::cue:
      return "cue";
    case UtteranceKind::praise:
      break;
  }
  return "praise";
}

Utterance make_utterance(const exercise::Definition& definition, std::string_view id,
                         UtteranceKind kind) {
  const auto found = std::ranges::find(definition.spoken, id, &exercise::Phrase::id);
  assert(found != definition.spoken.end());
  return {found->id, found->text, kind, kind == UtteranceKind::safety};
}

Utterance count_utterance(const exercise::Definition& definition, int number) {
  assert(number >= 1);
  if (number > static_cast<int>(definition.coaching.repetitions_max.value))
    return {"", "", UtteranceKind::count, false};
  return make_utterance(definition, "count_" + std::to_string(number), UtteranceKind::count);
}

Utterance cue_utterance(const exercise::Definition& definition, const std::string& fault_id) {
  const exercise::FaultText* words = definition.words_for(fault_id);
  assert(words != nullptr);
  return {fault_id, words->cue, UtteranceKind::cue, false};
}

}  // namespace matside::coaching
