// What is kept, as JSON for the page and for other programs: records.schema.json of the server
// describes it.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "core/plan/rules.h"
#include "records/progress.h"
#include "records/repository.h"
#include "records/today.h"

namespace matside::records {

/// The reason in words a person reads.
std::string words_for(plan::Reason reason, const exercise::Definition& exercise);
/// One paragraph: what the minutes of lengthening are, and that they are an illustration.
extern const char* const kLengtheningWords;

std::string persons_json(const std::vector<records::Person>& persons);
std::string today_json(const Today& today, const exercise::Definition& exercise,
                       const plan::Rules& rules);
std::string progress_json(const Progress& progress, const plan::Rules& rules);
/// @returns as the repository
base::Result<std::string> practice_json(records::Repository& records, records::Id practice,
                                        const exercise::Definition& exercise);
/// Practices as a table, a line each, with a header.
std::string practices_csv(const std::vector<records::Practice>& practices);
/// The next practice as a calendar file (RFC 5545).
std::string calendar_file(const Today& today, const exercise::Definition& exercise);
/// A practice that was, likewise.
std::string practice_calendar(const records::Practice& practice,
                              const exercise::Definition& exercise);

}  // namespace matside::records
