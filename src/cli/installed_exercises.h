// Every exercise that the program has, for records that name theirs.
#pragma once

#include <vector>

#include "cli/program_data.h"
#include "core/base/result.h"
#include "core/exercise/definition.h"

namespace matside::cli {

/// The single-leg kick, then those of the program's folder of moves.
/// @param data  as load_program_data() without a choice returns it
/// @returns ErrorKind::model when a file of an exercise is damaged
base::Result<std::vector<exercise::Definition>> installed_exercises(const ProgramData& data);

}  // namespace matside::cli
