// How long each sentence takes to say.
#pragma once

#include "core/base/quantity.h"
#include "core/coaching/utterance.h"
#include "core/exercise/definition.h"

namespace matside::coaching {

/// The length of the sentence's recorded clip in that form. Where the clips are not known
/// (Definition::clips), it is estimated by the number of characters.
base::Seconds speech_length(const exercise::Definition& definition, const Utterance& utterance,
                            UtteranceForm form);

}  // namespace matside::coaching
