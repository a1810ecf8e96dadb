#include "core/coaching/speech_length.h"

#include <algorithm>

namespace matside::coaching {

base::Seconds speech_length(const exercise::Definition& definition, const Utterance& utterance,
                            UtteranceForm form) {
  const auto found =
      std::ranges::find(definition.clips, utterance.id, &exercise::ClipLength::id);
  if (found != definition.clips.end())
    return form == UtteranceForm::long_form ? found->long_form : found->short_form;
  const auto characters = static_cast<double>(utterance.text_of(form).size());
  return base::Seconds(definition.speech.letter_time.value * characters);
}

}  // namespace matside::coaching
