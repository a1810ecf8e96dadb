#include "core/coaching/say.h"

#include <algorithm>
#include <cassert>

namespace matside::coaching {

std::string_view name(SayKind kind) {
  switch (kind) {
    case SayKind::safety:
      return "safety";
    case SayKind::guide:
      return "guide";
    case SayKind::prompt:
      return "prompt";
    case SayKind::count:
      return "count";
    case SayKind::cue:
      return "cue";
    case SayKind::praise:
      break;
  }
  return "praise";
}

Say spoken(const exercise::Definition& definition, std::string_view id, SayKind kind) {
  const auto found = std::ranges::find(definition.spoken, id, &exercise::Phrase::id);
  assert(found != definition.spoken.end());
  return {found->id, found->text, kind, kind == SayKind::safety};
}

Say counted(const exercise::Definition& definition, int number) {
  assert(number >= 1);
  if (number > kHighestCount) return {"", "", SayKind::count, false};
  return spoken(definition, "count_" + std::to_string(number), SayKind::count);
}

Say cue_for(const exercise::Definition& definition, const std::string& fault_id) {
  const exercise::Words* words = definition.words_for(fault_id);
  assert(words != nullptr);
  return {fault_id, words->cue, SayKind::cue, false};
}

}  // namespace matside::coaching
