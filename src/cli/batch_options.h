// The command line of `matside batch`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command_parser.h"
#include "cli/exercise_options.h"
#include "cli/practice_options.h"
#include "cli/slurm_batch.h"

namespace matside::cli {

/// Parses and validates the options of `matside batch`.
class BatchParser : public CommandParser {
 public:
  [[nodiscard]] const char* name() const override { return "batch"; }
  void describe(CLI::App& program) override;
  [[nodiscard]] base::Result<Action> action() const override;

 private:
  [[nodiscard]] std::vector<std::string> analysis_arguments() const;
  [[nodiscard]] base::Result<SlurmRequest> slurm_request() const;

  ExerciseOptionsParser exercise_;
  PracticeOptionsParser practice_;
  std::vector<std::string> inputs_;
  std::string dataset_;
  bool no_reports_ = false;
  bool quiet_ = false;
  std::optional<std::string> slurm_;
  int slurm_tasks_ = 0;
  bool slurm_worker_ = false;
  CLI::App* command_ = nullptr;
};

}  // namespace matside::cli
