// The command line of `matside analyze`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command_parser.h"
#include "cli/exercise_options.h"
#include "cli/practice_options.h"

namespace matside::cli {

/// Parses and validates the options of `matside analyze`.
class AnalyzeParser : public CommandParser {
 public:
  [[nodiscard]] const char* name() const override { return "analyze"; }
  void describe(CLI::App& program) override;
  [[nodiscard]] base::Result<Action> action() const override;

 private:
  [[nodiscard]] base::Result<void> check_outputs() const;

  PracticeOptionsParser practice_;
  std::vector<std::string> inputs_;
  ExerciseOptionsParser exercise_;
  std::optional<std::string> json_;
  std::optional<std::string> poses_;
  bool force_ = false;
  bool quiet_ = false;
  bool record_ = false;
  std::string person_;
  std::optional<std::string> data_;
  bool again_ = false;
  std::optional<std::string> date_;
};

}  // namespace matside::cli
