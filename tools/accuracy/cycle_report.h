// The figures of simulated practices of one exercise, as Markdown.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "core/exercise/definition.h"
#include "tests/support/cycle_score.h"

namespace matside::accuracy {

/// A section with two tables: the figures, and each fault of the level.
std::string cycle_markdown(const exercise::Definition& definition, int level,
                           std::uint64_t first_seed, const support::CycleScore& score);

/// What was performed and what was found, a line each, in the order of time.
std::string explanation(std::span<const support::CycleRepetition> performed,
                        std::span<const exercise::Repetition> found);

}  // namespace matside::accuracy
