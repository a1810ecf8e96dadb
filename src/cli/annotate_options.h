// The command line of `matside annotate`.
#pragma once

#include <string>

#include "cli/command_parser.h"
#include "cli/exercise_options.h"
#include "cli/practice_options.h"

namespace matside::cli {

/// Parses and validates the options of `matside annotate`.
class AnnotateParser : public CommandParser {
 public:
  [[nodiscard]] const char* name() const override { return "annotate"; }
  void describe(CLI::App& program) override;
  [[nodiscard]] base::Result<Action> action() const override;

 private:
  PracticeOptionsParser practice_;
  ExerciseOptionsParser exercise_;
  std::string input_;
  std::string output_;
  bool no_sound_ = false;
  bool force_ = false;
  bool quiet_ = false;
};

}  // namespace matside::cli
