// Converts between rows of the database and values.
#pragma once

#include <string>
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
/// The exercise and the level.
std::pair<std::string, int> read_teacher_level(Statement& row);
Practice read_practice(Statement& row);
SavedRepetition read_repetition(Statement& row);
Peak read_peak(Statement& row);
Reading read_reading(Statement& row);
Fault read_fault(Statement& row);
PoseChunk read_poses(Statement& row);
std::pair<ScoringInfo, RepetitionCounts> read_scoring(Statement& row);

/// Binds eight parameters, in the order of the columns of table `practice`: all but how the
/// practice was scored.
void bind(Statement& statement, const PracticeStart& start);
/// Binds four parameters.
void bind(Statement& statement, const Peak& peak);
/// Binds three parameters.
void bind(Statement& statement, const Reading& reading);
/// Binds four parameters.
void bind(Statement& statement, const Fault& fault);
/// Binds eleven parameters: a repetition without its peaks, readings and
/// faults, from its index on.
void bind(Statement& statement, const SavedRepetition& repetition);
/// Binds ten parameters, in the order of the columns of table `result`.
void bind(Statement& statement, const Means& means);

}  // namespace matside::records::sqlite
