// The exercise and the network files that every command needs.
#pragma once

#include "cli/data_folder.h"
#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "practice/options.h"

namespace matside::cli {

/// The program's data folder and the exercise in it.
struct ProgramData {
  DataFolder folder;
  exercise::Definition exercise;

  /// Fills in where the network files are.
  [[nodiscard]] practice::PracticeOptions resolve(practice::PracticeOptions options) const;
};

/// Finds the data folder and reads the exercise with its English words.
/// @returns ErrorKind::model when the folder is missing or a file in it is damaged
base::Result<ProgramData> load_program_data();

}  // namespace matside::cli
