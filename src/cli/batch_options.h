// The command line of `matside batch`.
#pragma once

#include <string>
#include <vector>

#include "cli/command_parser.h"
#include "cli/practice_options.h"

namespace matside::cli {

/// Parses and validates the options of `matside batch`.
class BatchParser : public CommandParser {
 public:
  [[nodiscard]] const char* name() const override { return "batch"; }
  void describe(CLI::App& program) override;
  [[nodiscard]] base::Result<Action> action() const override;

 private:
  PracticeOptionsParser practice_;
  std::vector<std::string> inputs_;
  std::string dataset_;
  bool no_reports_ = false;
  bool quiet_ = false;
};

}  // namespace matside::cli
