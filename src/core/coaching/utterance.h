// What is said aloud, by whom it is spoken or shown: a phrase of the exercise's words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/exercise/definition.h"

namespace matside::coaching {

/// What a phrase is for, the most pressing first.
enum class UtteranceKind : std::uint8_t { safety, guide, prompt, count, cue, praise };

/// As messages tell it: safety, guide, prompt, count, cue, praise.
std::string_view name(UtteranceKind kind);

struct Utterance {
  std::string id;  ///< of the spoken phrase, or of the fault whose cue it is
  std::string text;
  UtteranceKind kind = UtteranceKind::prompt;
  bool urgent = false;  ///< cuts short what is being said
};

/// The spoken phrase in the definition's language. It must have one; only safety is urgent.
Utterance make_utterance(const exercise::Definition& definition, std::string_view id, UtteranceKind kind);
/// A number from 1 to kMaxSpokenCount; nothing is said beyond.
Utterance count_utterance(const exercise::Definition& definition, int number);
inline constexpr int kMaxSpokenCount = 20;
/// What a teacher says of the fault at the moment.
Utterance cue_utterance(const exercise::Definition& definition, const std::string& fault_id);

}  // namespace matside::coaching
