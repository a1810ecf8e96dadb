// What a page has to know of the installed exercises: their words, their levels, and the plan.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/plan/plan.h"
#include "records/exercises.h"

namespace matside::protocol {

/// Exercises of records.schema.json.
/// @param next  the next practice of each exercise, in their order
std::string exercises_json(const records::Exercises& exercises,
                           const std::vector<plan::Next>& next);

/// The exercise that a request names by ?exercise=ID, or the first one where it names none.
/// @returns null for one that isn't installed
const exercise::Definition* asked_exercise(std::string_view target,
                                           const records::Exercises& exercises);

}  // namespace matside::protocol
