// The command line of `matside export`: one practice in another format, or all records.
#pragma once

#include <optional>
#include <string>

#include "cli/command_parser.h"
#include "cli/exercise_options.h"
#include "cli/practice_options.h"

namespace matside::cli {

/// Parses and validates the options of `matside export`.
class ExportParser : public CommandParser {
 public:
  [[nodiscard]] const char* name() const override { return "export"; }
  void describe(CLI::App& program) override;
  [[nodiscard]] base::Result<Action> action() const override;

 private:
  [[nodiscard]] base::Result<Action> everything() const;

  PracticeOptionsParser practice_;
  ExerciseOptionsParser exercise_;
  std::string source_;
  std::string format_;
  std::optional<std::string> output_;
  std::optional<double> height_m_;
  std::optional<double> metres_per_px_;
  bool all_ = false;
  bool force_ = false;
  bool quiet_ = false;
  std::optional<std::string> data_;
};

}  // namespace matside::cli
