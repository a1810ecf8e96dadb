#include "cli/compare_options.h"

#include <CLI/CLI.hpp>

#include "cli/compare_command.h"

namespace matside::cli {
namespace {

constexpr const char* kCompareNotes =
    "A practice is a video, a pose file, a result file, or the number of a saved practice.\n"
    "With --rescored, give only one saved practice.\n"
    "Examples:\n"
    "  matside compare 3 12\n"
    "  matside compare before.mp4 after.mp4\n"
    "  matside compare 12 --rescored";

}  // namespace

void CompareParser::describe(CLI::App& program) {
  CLI::App* command = program.add_subcommand(
      name(), "Compare two practices, or one before and after rescoring");
  command->footer(kCompareNotes);
  command->add_option("PRACTICE", sources_, "The practices to compare")
      ->required()
      ->expected(1, 2)
      ->option_text(" ");
  command->add_flag("--rescored", rescored_,
                    "Rescore a saved practice and compare the results");
  command->add_flag("--json", json_, "Print JSON for other programs");
  command->add_flag("--quiet", quiet_, "Show no progress bar");
  command->add_option("--data", data_, "Records folder (default: $XDG_DATA_HOME/matside)")
      ->option_text("DIR");
  exercise_.describe(*command);
  practice_.describe(*command);
}

base::Result<Action> CompareParser::action() const {
  if (sources_.size() != (rescored_ ? 1U : 2U)) {
    return usage_error("compare: give two practices, or one with --rescored");
  }
  const auto practice = practice_.validated();
  if (!practice) return practice.error();
  CompareCommand command;
  command.before = {sources_.front(), practice.value(), path_in(data_), quiet_};
  command.after = {sources_.back(), practice.value(), path_in(data_), quiet_};
  command.exercise = exercise_.choice();
  command.rescored = rescored_;
  command.json = json_;
  return Action([command] { return compare_practices(command); });
}

}  // namespace matside::cli
