// Saved practices and their repetitions as lines of text.
#pragma once

#include <string>

#include "core/exercise/definition.h"
#include "core/exercise/repetition.h"
#include "records/exercises.h"
#include "records/repository.h"

namespace matside::cli {

/// Repetitions by side: "4 left + 4 right", "8 repetitions of both legs", "6 repetitions".
/// @param exercise  null where it isn't installed
std::string repetitions_text(const exercise::RepetitionCounts& counts,
                             const exercise::Definition* exercise);

/// A line about a practice. It names the exercise if it isn't the single-leg kick.
std::string practice_line(const records::Practice& practice,
                          const records::Exercises& exercises);

/// A line about a repetition, and one about what was read off it if the exercise asks for that.
/// @param exercise  null where it isn't installed
std::string repetition_lines(const records::SavedRepetition& repetition,
                             const exercise::Definition* exercise);

}  // namespace matside::cli
