// A sentence to speak or show: one of the exercise's phrases.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/exercise/definition.h"

namespace matside::coaching {

/// What a phrase is for, most urgent first.
enum class UtteranceKind : std::uint8_t { safety, guide, prompt, count, cue, praise };

/// As in messages: safety, guide, prompt, count, cue, praise.
std::string_view name(UtteranceKind kind);

/// A sentence in the language loaded.
struct Utterance {
  std::string id;  ///< of the spoken phrase, or of the fault whose cue it is
  std::string text;
  UtteranceKind kind = UtteranceKind::prompt;
  bool urgent = false;  ///< interrupts what is being said
};

/// The spoken phrase of that id, which the definition must have (asserted). Only safety is
/// urgent.
Utterance make_utterance(const exercise::Definition& definition, std::string_view id,
                         UtteranceKind kind);
/// A number from 1. Beyond the highest that the words hold (CoachingRules::repetitions_max) the
/// text is empty.
Utterance count_utterance(const exercise::Definition& definition, int number);
/// The fault's cue. The definition must have its words (asserted).
Utterance cue_utterance(const exercise::Definition& definition, const std::string& fault_id);

}  // namespace matside::coaching
