// What a page has to know of the installed exercises: their words, their levels, and the plan.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/plan/plan_rules.h"
#include "records/exercises.h"
#include "records/local_time.h"
#include "records/repository.h"

namespace matside::protocol {

/// The next practice of one exercise.
struct PlannedExercise {
  std::string id;
  int level = 0;
  int repetitions = 1;
};

/// What a person's plan says of each exercise; without records, where everybody starts.
/// @param records  null: none are kept, and `person` means nothing
/// @returns ErrorKind::not_found for an unknown person; errors of Repository
base::Result<std::vector<PlannedExercise>> planned_exercises(
    records::Repository* records, records::Id person, const records::LocalTime& now,
    const records::Exercises& exercises, const plan::Rules& rules);

/// Exercises of records.schema.json. @param planned  of each exercise, in their order
std::string exercises_json(const records::Exercises& exercises,
                           const std::vector<PlannedExercise>& planned);

/// The exercise that a request names by ?exercise=ID, or the first one where it names none.
/// @returns null for one that isn't installed
const exercise::Definition* asked_exercise(std::string_view target,
                                           const records::Exercises& exercises);

}  // namespace matside::protocol
