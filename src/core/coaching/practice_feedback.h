// Feedback at the end of a practice: praise first, then what to work on.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/engine/analysis.h"
#include "core/exercise/definition.h"

namespace matside::coaching {

/// Values of a phrase's placeholders, by name.
using PlaceholderValues = std::map<std::string, std::string>;

/// The phrase with its {placeholders} filled in. The definition must have it (asserted).
std::string phrase_text(const exercise::Definition& definition, const std::string& id,
                        const PlaceholderValues& values = {});

/// How the feet came down in the set.
enum class Steadiness : std::uint8_t {
  unclear,  ///< not measured, too near the border, or steady with a fault of the lowering
  steady,
  uneven
};
/// The one verdict on it. A set with a fault of the lowering is never steady.
Steadiness lowering_steadiness(const engine::Analysis& analysis,
                               const exercise::Definition& definition);

/// What went well: first overall, then what was clearly seen to be well in every repetition,
/// and contradicts nothing that was found. At least one line, at most
/// FeedbackRules::praise_max.
std::vector<std::string> praise(const engine::Analysis& analysis,
                                const exercise::Definition& definition);
/// What to work on and how often it was seen, most important first; at most
/// FeedbackRules::advice_max lines, and none where no form was scored.
std::vector<std::string> advice(const engine::Analysis& analysis,
                                const exercise::Definition& definition);

}  // namespace matside::coaching
