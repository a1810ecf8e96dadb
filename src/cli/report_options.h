// The command line of `matside report`.
#pragma once

#include <optional>
#include <string>

#include "cli/command_parser.h"
#include "cli/exercise_options.h"
#include "cli/practice_options.h"
#include "cli/report_command.h"

namespace matside::cli {

/// Parses and validates the options of `matside report`.
class ReportParser : public CommandParser {
 public:
  [[nodiscard]] const char* name() const override { return "report"; }
  void describe(CLI::App& program) override;
  [[nodiscard]] base::Result<Action> action() const override;

 private:
  [[nodiscard]] base::Result<void> place(ReportCommand& command) const;

  PracticeOptionsParser practice_;
  ExerciseOptionsParser exercise_;
  std::string source_;
  std::string output_;
  bool pdf_ = false;
  std::string paper_ = "a4";
  bool no_pictures_ = false;
  bool blur_face_ = false;
  bool force_ = false;
  bool quiet_ = false;
  std::optional<std::string> data_;
};

}  // namespace matside::cli
