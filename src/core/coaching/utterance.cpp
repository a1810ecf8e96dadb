#include "core/coaching/utterance.h"

#include <algorithm>
#include <cassert>

namespace matside::coaching {
namespace {

Utterance with_short_form(const exercise::Definition& definition, std::string_view id,
                          const std::string& text, UtteranceKind kind) {
  const auto found = std::ranges::find(definition.short_forms, id, &exercise::Phrase::id);
  const bool short_form = found != definition.short_forms.end();
  return {std::string(id), text, short_form ? found->text : text, kind};
}

}  // namespace

std::string_view name(UtteranceKind kind) {
  switch (kind) {
    case UtteranceKind::safety:
      return "safety";
    case UtteranceKind::instruction:
      return "instruction";
    case UtteranceKind::count:
      return "count";
    case UtteranceKind::side:
      return "side";
    case UtteranceKind::kick:
      return "kick";
    case UtteranceKind::correction:
      return "correction";
    case UtteranceKind::praise:
      return "praise";
    case UtteranceKind::breath:
      break;
  }
  return "breath";
}

std::string_view name(UtteranceForm form) {
  return form == UtteranceForm::long_form ? "long" : "short";
}

Utterance make_utterance(const exercise::Definition& definition, std::string_view id,
                         UtteranceKind kind) {
  const auto found = std::ranges::find(definition.spoken, id, &exercise::Phrase::id);
  assert(found != definition.spoken.end());
  return with_short_form(definition, found->id, found->text, kind);
}

Utterance count_utterance(const exercise::Definition& definition, int number,
                          UtteranceKind kind) {
  assert(number >= 1);
  if (number > static_cast<int>(definition.coaching.repetitions_max.value))
    return {"", "", "", kind};
  return make_utterance(definition, "count_" + std::to_string(number), kind);
}

Utterance cue_utterance(const exercise::Definition& definition, const std::string& fault_id) {
  const exercise::FaultText* words = definition.words_for(fault_id);
  assert(words != nullptr);
  return with_short_form(definition, definition.own_phrase_id(fault_id), words->cue,
                         UtteranceKind::correction);
}

}  // namespace matside::coaching
