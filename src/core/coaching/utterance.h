// A sentence to speak or show: one of the exercise's phrases, with what it is for and how long
// it is worth saying.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/quantity.h"
#include "core/exercise/definition.h"

namespace matside::coaching {

/// What a sentence is for, the most important first.
enum class UtteranceKind : std::uint8_t {
  safety,       ///< stops, and questions after a stop
  instruction,  ///< the person waits for it; never dropped
  count,
  side,        ///< whose turn it is, and what comes, before the movement
  kick,        ///< on the beat: the kicks, and lowering
  correction,  ///< of a fault
  praise,
  breath,  ///< when to breathe, without a movement
};
/// As in messages: safety, instruction, count, ...
std::string_view name(UtteranceKind kind);

/// Most sentences have two forms, to choose by the time that there is.
enum class UtteranceForm : std::uint8_t { long_form, short_form };
/// As in messages: long, short.
std::string_view name(UtteranceForm form);

/// A sentence in the language loaded.
struct Utterance {
  std::string id;  ///< of the spoken phrase, or of the fault whose cue it is
  std::string text;
  std::string short_text;  ///< the same as `text` where there is no other form
  UtteranceKind kind = UtteranceKind::instruction;
  std::optional<base::Seconds> not_before = {};
  std::optional<base::Seconds> start_by = {};  ///< not worth beginning after this
  std::optional<base::Seconds> end_by = {};    ///< it must have ended by then

  /// The text of that form.
  [[nodiscard]] const std::string& text_of(UtteranceForm form) const {
    return form == UtteranceForm::long_form ? text : short_text;
  }
};

/// The spoken phrase of that id, which the definition must have (asserted).
Utterance make_utterance(const exercise::Definition& definition, std::string_view id,
                         UtteranceKind kind);
/// A number from 1. Beyond the highest that the words hold (CoachingRules::repetitions_max) the
/// text is empty.
Utterance count_utterance(const exercise::Definition& definition, int number,
                          UtteranceKind kind = UtteranceKind::count);
/// The fault's cue. The definition must have its words (asserted).
Utterance cue_utterance(const exercise::Definition& definition, const std::string& fault_id);

}  // namespace matside::coaching
