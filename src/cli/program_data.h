// The program's exercise, network files and version, which most commands need.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/data_folder.h"
#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "practice/recording/options.h"
#include "records/exercises.h"
#include "records/practice_draft.h"

namespace matside::cli {

/// The program's data folder and the exercises.
struct ProgramData {
  DataFolder folder;
  exercise::Definition exercise;  ///< The one asked for; the single-leg kick by default.
  /// Every exercise, the single-leg kick first; empty where only that one was read.
  std::vector<exercise::Definition> installed = {};
  bool chosen = false;                    ///< Whether an exercise was asked for.
  std::string own_exercises_sha256 = {};  ///< Of the files of ExerciseChoice::folder.

  /// Those of which a recording may be: the one asked for, or any.
  [[nodiscard]] std::span<const exercise::Definition> candidates() const {
    if (chosen || installed.empty()) return {&exercise, 1};
    return installed;
  }
  /// Refers to `installed`, or to `exercise` where only that one was read.
  [[nodiscard]] records::Exercises exercises() const {
    if (installed.empty()) return exercise;
    return records::Exercises(std::span<const exercise::Definition>(installed));
  }
  /// Fills in where the network files are.
  [[nodiscard]] recording::PracticeOptions resolve(recording::PracticeOptions options) const;
};

/// Finds the data folder and reads the single-leg kick with its English words.
/// @returns ErrorKind::model when the folder is missing or a file in it is damaged
base::Result<ProgramData> load_program_data();

/// Which exercise a command is about.
struct ExerciseChoice {
  std::optional<std::string> id;                ///< Absent: any.
  std::optional<std::filesystem::path> folder;  ///< Of more exercises.
};

/// load_program_data() with every exercise, and the one asked for.
/// @returns also ErrorKind::usage when there is no such exercise, or ErrorKind::model when two
///   have the same id
base::Result<ProgramData> load_program_data(const ExerciseChoice& choice);

/// A line that says which exercise was recognised, and how to choose another. Empty where one
/// was asked for, and where it is the single-leg kick.
std::string recognised_text(const exercise::Definition& exercise, const ProgramData& data);

/// This program's version, with the pose network that found the poses; an empty `pose_model`
/// where there was no network.
records::EngineInfo engine_info(const std::string& pose_model, bool eye);

}  // namespace matside::cli
