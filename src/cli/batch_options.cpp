#include "cli/batch_options.h"

#include <CLI/CLI.hpp>

#include "cli/batch_command.h"

namespace matside::cli {
namespace {

constexpr const char* kBatchNotes =
    "Writes practices.csv, repetitions.csv, faults.csv, knee_angles.csv and failures.csv, the\n"
    "same in dataset.sqlite, and index.html. It analyses one recording on each core.\n"
    "Run the same command again to continue after an interruption, or to add recordings:\n"
    "what was analysed with the same options is not analysed again.\n"
    "A manifest is a CSV file with the columns path, person, level, date, height_m and note.\n"
    "Exit code 3: the tables are complete, but failures.csv names recordings that can't be "
    "used.\n"
    "Examples:\n"
    "  matside batch videos -o dataset\n"
    "  matside batch 'lab/*/kick_*.mp4' extra.csv -o dataset --level 2\n"
    "  matside batch manifest.csv -o dataset --threads 4 --no-reports";

}  // namespace

void BatchParser::describe(CLI::App& program) {
  CLI::App* command =
      program.add_subcommand(name(), "Analyse many recordings and write tables of all results");
  command->footer(kBatchNotes);
  command
      ->add_option("INPUT", inputs_,
                   "Videos, poses, folders, patterns such as '*.mp4', or manifests")
      ->required()
      ->option_text(" ");
  command->add_option("-o,--output", dataset_, "The folder of the dataset")
      ->required()
      ->option_text("DATASET");
  practice_.describe(*command);
  command->add_flag("--no-reports", no_reports_, "Write no report page for each practice");
  command->add_flag("--quiet", quiet_, "Show no progress and no final message");
}

base::Result<Action> BatchParser::action() const {
  const auto practice = practice_.validated();
  if (!practice) return practice.error();
  if (dataset_.empty()) return usage_error("--output: must name a folder");
  BatchCommand command;
  command.inputs = inputs_;
  command.dataset = dataset_;
  command.practice = practice.value();
  command.reports = !no_reports_;
  command.quiet = quiet_;
  return Action([command] { return run_batch(command); });
}

}  // namespace matside::cli
