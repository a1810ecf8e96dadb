#include "cli/exercise_options.h"

#include <CLI/CLI.hpp>

#include "cli/practice_options.h"

namespace matside::cli {

void ExerciseOptionsParser::describe(CLI::App& command) {
  command
      .add_option("--exercise", id_,
                  "The exercise of a recording, such as swan-preparation (default: told by the "
                  "movements)")
      ->option_text("ID");
  describe_folder(command);
}

void ExerciseOptionsParser::describe_folder(CLI::App& command) {
  command
      .add_option("--exercises", folder_,
                  "A folder of more exercises, as files (docs/exercise_files.md)")
      ->option_text("DIR");
}

ExerciseChoice ExerciseOptionsParser::choice() const { return {id_, path_in(folder_)}; }

}  // namespace matside::cli
