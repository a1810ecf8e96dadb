// What is said of a practice when it is over: praise first, then what to work on.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/engine/analysis.h"
#include "core/exercise/definition.h"

namespace matside::coaching {

using PlaceholderValues = std::map<std::string, std::string>;

/// The phrase, which the definition must have, with its {placeholders} filled in.
std::string phrase_text(const exercise::Definition& definition, const std::string& id,
                        const PlaceholderValues& values = {});

/// What went well: of the whole first, then of faults that were looked for in every repetition
/// and not seen. Where nothing was counted, that.
std::vector<std::string> praise(const engine::Analysis& analysis,
                                const exercise::Definition& definition);
/// What to work on and how often it was seen, the most important first; few things at a time.
std::vector<std::string> advice(const engine::Analysis& analysis,
                                const exercise::Definition& definition);

}  // namespace matside::coaching
