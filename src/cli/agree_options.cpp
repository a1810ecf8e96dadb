#include "cli/agree_options.h"

#include <CLI/CLI.hpp>
#include <cmath>

#include "cli/agree_command.h"

namespace matside::cli {
namespace {

constexpr double kMaxGivenShift_s = 86'400.0;

constexpr const char* kAgreeNotes =
    "Each input is a recording or pose file that analyze reads, a practice's number, a result\n"
    "file, a motion file (MOT), or a table with the columns time_s, side and "
    "knee_flexion_deg.\n"
    "Two folders, datasets of batch or tables of several practices are paired by name.\n"
    "It prints the bias, errors, limits of agreement, ICC, SEM and MDC, with their confidence\n"
    "intervals.\n"
    "Examples:\n"
    "  matside agree practice.mp4 goniometer.csv --html agreement.html\n"
    "  matside agree practice.mp4 markers.c3d --shift 0.25\n"
    "  matside agree dataset laboratory --csv statistics.csv --pairs pairs.csv";

}  // namespace

void AgreeParser::describe(CLI::App& program) {
  CLI::App* command = program.add_subcommand(
      name(), "Measure how well two measurements of the same knees agree");
  command->footer(kAgreeNotes);
  command->add_option("MEASURED", measured_, "The measurement to examine")
      ->required()
      ->option_text(" ");
  command->add_option("REFERENCE", reference_, "The measurement to compare it with")
      ->required()
      ->option_text(" ");
  command
      ->add_option("--shift", shift_s_,
                   "Seconds to add to the measured times (default: found by the curves)")
      ->check(CLI::Range(-kMaxGivenShift_s, kMaxGivenShift_s))
      ->option_text("S");
  command->add_flag("--above-rest", above_rest_,
                    "Compare bends of repetitions above the leg at rest");
  command->add_option("--csv", csv_, "Save all statistics as a table")->option_text("FILE.csv");
  command->add_option("--pairs", pairs_, "Save all pairs as a table")->option_text("FILE.csv");
  command->add_option("--html", page_, "Save a page with tables and plots")
      ->option_text("FILE.html");
  practice_.describe(*command);
  command->add_flag("--force", force_, "Overwrite existing files");
  command->add_flag("--quiet", quiet_, "Show no progress bar");
  command->add_option("--data", data_, "Records folder (default: $XDG_DATA_HOME/matside)")
      ->option_text("DIR");
}

base::Result<Action> AgreeParser::action() const {
  const auto practice = practice_.validated();
  if (!practice) return practice.error();
  if (shift_s_ && !std::isfinite(*shift_s_)) {
    return usage_error("--shift: must be a number of seconds");
  }
  AgreeCommand command;
  command.measured = {measured_, practice.value(), path_in(data_), quiet_};
  command.reference = {reference_, practice.value(), path_in(data_), quiet_};
  if (shift_s_) command.shift = base::Seconds(*shift_s_);
  command.above_rest = above_rest_;
  command.csv = path_in(csv_);
  command.pairs = path_in(pairs_);
  command.page = path_in(page_);
  command.force = force_;
  return Action([command] { return compare_measurements(command); });
}

}  // namespace matside::cli
