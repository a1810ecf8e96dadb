// Between rows and values: names as the database keeps them, and the columns of a practice.
#pragma once

#include <string_view>

#include "records/repository.h"
#include "records/sqlite/database.h"

namespace matside::records::sqlite {

/// All columns of a person, and of a practice with the result that holds; read by the functions
/// below in this order.
extern const std::string_view kPersonColumns;
extern const std::string_view kPracticeQuery;  ///< up to, and without, its WHERE

Person read_person(Statement& row);
Practice read_practice(Statement& row);
Repetition read_repetition(Statement& row);

void bind(Statement& statement, const Means& means);

}  // namespace matside::records::sqlite
