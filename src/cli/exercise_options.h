// The options of every command that analyses an exercise, or knows several.
#pragma once

#include <optional>
#include <string>

#include "cli/program_data.h"

namespace CLI {
class App;
}

namespace matside::cli {

/// --exercise and --exercises.
class ExerciseOptionsParser {
 public:
  /// Adds both options to `command`; the parser must outlive it.
  void describe(CLI::App& command);
  /// Adds --exercises alone.
  void describe_folder(CLI::App& command);
  /// What was typed. Whether there is such an exercise, load_program_data() finds out.
  [[nodiscard]] ExerciseChoice choice() const;

 private:
  std::optional<std::string> id_;
  std::optional<std::string> folder_;
};

}  // namespace matside::cli
