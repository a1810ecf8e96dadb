// The program's exercise, network files and version, which most commands need.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/data_folder.h"
#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "practice/recording/options.h"
#include "records/practice_draft.h"

namespace matside::cli {

/// The program's data folder and the exercise in it.
struct ProgramData {
  DataFolder folder;
  exercise::Definition exercise;  ///< the one asked for; the single-leg kick by default
  /// Where none was asked for: every other one that is installed.
  std::vector<exercise::Definition> others = {};

  /// Fills in where the network files are.
  [[nodiscard]] recording::PracticeOptions resolve(recording::PracticeOptions options) const;
};

/// Finds the data folder and reads the exercise with its English words.
/// @returns ErrorKind::model when the folder is missing or a file in it is damaged
base::Result<ProgramData> load_program_data();

/// Which exercise a command is about.
struct ExerciseChoice {
  std::optional<std::string> id;                ///< absent: the single-leg kick
  std::optional<std::filesystem::path> folder;  ///< of more exercises
};

/// load_program_data() with the exercise of a choice.
/// @returns also ErrorKind::usage when there is no such exercise, or ErrorKind::model when two
///   have the same id
base::Result<ProgramData> load_program_data(const ExerciseChoice& choice);

/// This program's version, with the pose network that found the poses; an empty `pose_model`
/// where there was no network.
records::EngineInfo engine_info(const std::string& pose_model, bool eye);

}  // namespace matside::cli
