#include "cli/batch_options.h"

#include <CLI/CLI.hpp>
#include <set>
#include <utility>

#include "batch/slurm_options.h"
#include "cli/batch_command.h"
#include "cli/slurm_worker.h"

namespace matside::cli {
namespace {

constexpr const char* kBatchNotes =
    "Writes practices.csv, repetitions.csv, faults.csv, readings.csv, knee_angles.csv and\n"
    "failures.csv, the same in dataset.sqlite, and index.html. It analyses one recording on\n"
    "each core.\n"
    "Run the same command again to continue after an interruption, or to add recordings:\n"
    "what was analysed with the same options is not analysed again.\n"
    "A manifest is a CSV file with the columns path, person, level, date, height_m and note.\n"
    "With --slurm the array tasks of a cluster do the work, over a folder that all computers\n"
    "share. The command waits for them. Ctrl-C ends them.\n"
    "Exit code 3: the tables are complete, but failures.csv names recordings that can't be "
    "used.\n"
    "Examples:\n"
    "  matside batch videos -o dataset\n"
    "  matside batch 'lab/*/kick_*.mp4' extra.csv -o dataset --level 2\n"
    "  matside batch manifest.csv -o dataset --threads 4 --no-reports\n"
    "  matside batch videos -o dataset --slurm '--partition=long --time=8:00:00'";

constexpr int kUsualTasks = 100;
constexpr int kMostTasks = 100'000;

}  // namespace

void BatchParser::describe(CLI::App& program) {
  CLI::App* command =
      program.add_subcommand(name(), "Analyse many recordings and write tables of all results");
  command_ = command;
  command->footer(kBatchNotes);
  command
      ->add_option("INPUT", inputs_,
                   "Videos, poses, folders, patterns such as '*.mp4', or manifests")
      ->required()
      ->option_text(" ");
  command->add_option("-o,--output", dataset_, "The folder of the dataset")
      ->required()
      ->option_text("DATASET");
  exercise_.describe(*command);
  practice_.describe(*command);
  command->add_flag("--no-reports", no_reports_, "Write no report page for each practice");
  command->add_flag("--quiet", quiet_, "Show no progress and no final message");
  command
      ->add_option("--slurm", slurm_,
                   "Analyse on a Slurm cluster; the options for sbatch, or '' for none")
      ->option_text("OPTIONS");
  command
      ->add_option("--slurm-tasks", slurm_tasks_,
                   "With --slurm: the largest number of array tasks (default: 100)")
      ->check(CLI::Range(1, kMostTasks))
      ->option_text("N");
  command->add_flag("--slurm-worker", slurm_worker_, "This is a task that --slurm submitted")
      ->group("");
}

/// The options that decide the results, as they were typed, for the tasks.
std::vector<std::string> BatchParser::analysis_arguments() const {
  const std::set<std::string> others{"help",  "output",      "quiet",       "threads",
                                     "slurm", "slurm-tasks", "slurm-worker"};
  std::vector<std::string> arguments;
  for (const CLI::Option* option : command_->get_options()) {
    if (option->get_lnames().empty() || option->count() == 0) continue;
    const std::string& long_name = option->get_lnames().front();
    if (others.contains(long_name)) continue;
    const bool flag = option->get_items_expected_max() == 0;
    for (const std::string& value : option->results()) {
      arguments.push_back("--" + long_name + (flag ? "" : "=" + value));
    }
  }
  return arguments;
}

base::Result<SlurmRequest> BatchParser::slurm_request() const {
  auto options = batch::slurm_options(*slurm_);
  if (!options) return usage_error("--slurm: " + options.error().message);
  if (command_->count("--threads") > 0) {
    return usage_error(
        "--threads: with --slurm, each task uses its processors; give --cpus-per-task in the "
        "options of --slurm");
  }
  const int tasks = slurm_tasks_ > 0 ? slurm_tasks_ : kUsualTasks;
  return SlurmRequest{std::move(options).value(), static_cast<std::size_t>(tasks),
                      analysis_arguments()};
}

base::Result<Action> BatchParser::action() const {
  const auto practice = practice_.validated();
  if (!practice) return practice.error();
  if (dataset_.empty()) return usage_error("--output: must name a folder");
  if (slurm_worker_) {
    const SlurmWorkerCommand worker{inputs_.front(), dataset_, exercise_.choice(),
                                    practice.value(), !no_reports_};
    return Action([worker] { return run_slurm_worker(worker); });
  }
  if (slurm_tasks_ > 0 && !slurm_) return usage_error("--slurm-tasks: give --slurm, too");
  BatchCommand command;
  if (slurm_) {
    auto request = slurm_request();
    if (!request) return request.error();
    command.slurm = std::move(request).value();
  }
  command.inputs = inputs_;
  command.dataset = dataset_;
  command.exercise = exercise_.choice();
  command.practice = practice.value();
  command.reports = !no_reports_;
  command.quiet = quiet_;
  return Action([command] { return run_batch(command); });
}

}  // namespace matside::cli
