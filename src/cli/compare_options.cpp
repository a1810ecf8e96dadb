#include "cli/compare_options.h"

#include <CLI/CLI.hpp>

#include "cli/compare_command.h"

namespace matside::cli {
namespace {

constexpr const char* kExamples =
    "A and B are recordings, poses, result files, or numbers of practices in the records.\n"
    "Examples:\n"
    "  matside compare 3 12\n"
    "  matside compare before.mp4 after.mp4\n"
    "  matside compare 12 --rescored";

}  // namespace

void TypedCompare::describe(CLI::App& program) {
  CLI::App* command = program.add_subcommand(
      name(), "Two practices side by side, or one and how this version judges it");
  command->footer(kExamples);
  command->add_option("A B", sources_, "What to compare")
      ->required()
      ->expected(1, 2)
      ->option_text(" ");
  command->add_flag("--rescored", rescored_, "One practice, as it is kept and judged now");
  command->add_flag("--json", json_, "For programs");
  command->add_flag("--quiet", quiet_, "No progress bar");
  command->add_option("--data", data_, "Where the records are ($XDG_DATA_HOME/matside)")
      ->option_text("DIR");
  practice_.describe(*command);
}

base::Result<Action> TypedCompare::action() const {
  if (sources_.size() != (rescored_ ? 1U : 2U)) {
    return usage_error("compare: needs two practices, or one with --rescored");
  }
  const auto practice = practice_.checked();
  if (!practice) return practice.error();
  CompareCommand command;
  command.before = {sources_.front(), practice.value(), path_in(data_), quiet_};
  command.after = {sources_.back(), practice.value(), path_in(data_), quiet_};
  command.rescored = rescored_;
  command.json = json_;
  return Action([command] { return compare_practices(command); });
}

}  // namespace matside::cli
