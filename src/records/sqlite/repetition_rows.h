// The repetitions of a scoring, with their peaks, readings and faults, in their tables.
#pragma once

#include <vector>

#include "core/base/result.h"
#include "records/repository.h"
#include "records/sqlite/database.h"

namespace matside::records::sqlite {

/// @param result  of the scoring
/// @returns ErrorKind::output if they can't be written
base::Result<void> insert_repetitions(const Database& database, Id result,
                                      const std::vector<SavedRepetition>& repetitions);

/// @returns them in order; ErrorKind::input if the database is damaged
base::Result<std::vector<SavedRepetition>> repetitions_of(const Database& database, Id result);

}  // namespace matside::records::sqlite
