// The command line of `matside compare`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command_parser.h"
#include "cli/exercise_options.h"
#include "cli/practice_options.h"

namespace matside::cli {

/// Parses and validates the options of `matside compare`.
class CompareParser : public CommandParser {
 public:
  [[nodiscard]] const char* name() const override { return "compare"; }
  void describe(CLI::App& program) override;
  [[nodiscard]] base::Result<Action> action() const override;

 private:
  PracticeOptionsParser practice_;
  ExerciseOptionsParser exercise_;
  std::vector<std::string> sources_;
  bool rescored_ = false;
  bool json_ = false;
  bool quiet_ = false;
  std::optional<std::string> data_;
};

}  // namespace matside::cli
