// The command line of `matside agree`.
#pragma once

#include <optional>
#include <string>

#include "cli/command_parser.h"
#include "cli/practice_options.h"

namespace matside::cli {

/// Parses and validates the options of `matside agree`.
class AgreeParser : public CommandParser {
 public:
  [[nodiscard]] const char* name() const override { return "agree"; }
  void describe(CLI::App& program) override;
  [[nodiscard]] base::Result<Action> action() const override;

 private:
  PracticeOptionsParser practice_;
  std::string measured_;
  std::string reference_;
  std::optional<double> shift_s_;
  bool above_rest_ = false;
  std::optional<std::string> csv_;
  std::optional<std::string> pairs_;
  std::optional<std::string> page_;
  bool force_ = false;
  bool quiet_ = false;
  std::optional<std::string> data_;
};

}  // namespace matside::cli
