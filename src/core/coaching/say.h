// What is said aloud, by whom it is spoken or shown: a phrase of the exercise's words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/exercise/definition.h"

namespace matside::coaching {

/// What a phrase is for, the most pressing first.
enum class SayKind : std::uint8_t { safety, guide, prompt, count, cue, praise };

/// As messages tell it: safety, guide, prompt, count, cue, praise.
std::string_view name(SayKind kind);

struct Say {
  std::string id;  ///< of the spoken phrase, or of the fault whose cue it is
  std::string text;
  SayKind kind = SayKind::prompt;
  bool urgent = false;  ///< cuts short what is being said
};

/// The spoken phrase in the definition's language. It must have one; only safety is urgent.
Say spoken(const exercise::Definition& definition, std::string_view id, SayKind kind);
/// A number from 1 to kHighestCount; nothing is said beyond.
Say counted(const exercise::Definition& definition, int number);
inline constexpr int kHighestCount = 20;
/// What a teacher says of the fault at the moment.
Say cue_for(const exercise::Definition& definition, const std::string& fault_id);

}  // namespace matside::coaching
