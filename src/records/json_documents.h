// Records as JSON documents for the page and for other programs, as CSV, and as calendar files.
// src/protocol/records.schema.json describes the JSON documents.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "core/plan/plan_rules.h"
#include "records/exercises.h"
#include "records/progress.h"
#include "records/repository.h"
#include "records/today.h"

namespace matside::records {

/// @returns the reason in words, from the exercise's file; its id if the file has none
std::string reason_text(plan::DecisionReason reason, const exercise::Definition& exercise);

/// One paragraph: what the minutes of lengthening are, and that they are an illustration.
extern const char* const kLengtheningNote;

/// @param erasure_pending  as Repository::erasure_pending()
std::string persons_json(const std::vector<Person>& persons, bool erasure_pending);
/// @param exercise   of the plan
/// @param exercises  name the practices
std::string today_json(const Today& today, const exercise::Definition& exercise,
                       const plan::Rules& rules, const Exercises& exercises);
std::string progress_json(const Progress& progress, const plan::Rules& rules,
                          const Exercises& exercises);
/// The words of an exercise: PractisedExercise of records.schema.json.
std::string exercise_json(const exercise::Definition& exercise);

/// One practice with its repetitions, the curve of what its exercise counts by, and all
/// scorings.
/// @returns ErrorKind::not_found for an unknown practice; errors of Repository, exercise_of and
///   replay_poses
base::Result<std::string> practice_json(Repository& records, Id practice,
                                        const Exercises& exercises);

/// Practices as a CSV table with a header, one practice a line.
std::string practices_csv(const std::vector<Practice>& practices);

/// The next practice as a calendar file. @source RFC 5545
std::string calendar_file(const Today& today, const exercise::Definition& exercise);
/// A past practice as a calendar file, named by its exercise; by that one's id if it isn't
/// installed. @source RFC 5545
/// @param person  whose practice it is
std::string practice_calendar(const Practice& practice, const Person& person,
                              const Exercises& exercises);

}  // namespace matside::records
