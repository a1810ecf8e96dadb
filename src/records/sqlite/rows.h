// Converts between rows of the database and values.
#pragma once

#include <string_view>
#include <utility>

#include "records/repository.h"
#include "records/sqlite/database.h"

namespace matside::records::sqlite {

/// The columns of a person, in read_person's order.
extern const std::string_view kPersonColumns;
/// A SELECT of practices with their current scoring, in read_practice's order; without a WHERE.
extern const std::string_view kPracticeQuery;

// Each reads all columns of the current row.
Person read_person(Statement& row);
Practice read_practice(Statement& row);
SavedRepetition read_repetition(Statement& row);
std::pair<ScoringInfo, RepetitionCounts> read_scoring(Statement& row);

/// Binds eleven parameters: a repetition without its kicks and faults, from its index on.
void bind(Statement& statement, const SavedRepetition& repetition);
/// Binds ten parameters, in the order of the columns of table `result`.
void bind(Statement& statement, const Means& means);

}  // namespace matside::records::sqlite
