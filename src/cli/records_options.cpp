#include "cli/records_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "cli/clock.h"
#include "cli/practice_options.h"
#include "cli/recording_date.h"
#include "cli/records_command.h"
#include "protocol/limits.h"

namespace matside::cli {
namespace {

using What = RecordsCommand::What;

struct CommandText {
  What what;
  const char* name;
  const char* about;
  const char* example;
};
constexpr std::array kCommands{
    CommandText{What::plan, "plan", "Show what to practise next, and why",
                "matside plan\n  matside plan --exercise swan-preparation"},
    CommandText{What::history, "history", "List your practices",
                "matside history --csv > practices.csv"},
    CommandText{What::show, "show", "Show one practice with its repetitions",
                "matside show 12"},
    CommandText{What::rescore, "rescore",
                "Rescore saved practices with this version of Matside",
                "matside rescore --all"},
    CommandText{What::erase, "erase", "Erase practices permanently",
                "matside erase 12\n  matside erase --all"},
    CommandText{What::remove_pin, "remove-pin", "Remove a person's forgotten PIN",
                "matside remove-pin --person Ada"},
    CommandText{What::backup, "backup", "Save a backup of the records",
                "matside backup records-2026.db"},
    CommandText{What::restore, "restore", "Replace the records with a backup",
                "matside restore records-2026.db"},
    CommandText{What::import, "import", "Import practices: a result file, an export, or poses",
                "matside import practice.analysis.json\n"
                "  matside import poses.csv --size 1280x720 --level 1 --date 2026-01-05\n"
                "  matside import openpose-folder --size 1280x720 --fps 30 --level 1"},
    CommandText{What::practice, "practice", "Practise with audio only, in this terminal",
                "matside practice --no-camera"},
};

/// The options as typed.
struct RecordsOptions {
  std::string data;
  std::string person;
  bool json = false;
  bool csv = false;
  bool all = false;
  bool yes = false;
  bool no_camera = false;
  std::optional<std::int64_t> id;
  std::string file;
  std::optional<std::string> exercise;
  std::optional<int> level;
  std::optional<int> repetitions;
  std::optional<std::string> date;
  PoseFileOptionsParser poses;
};

bool one_of(What what, std::initializer_list<What> all) {
  return std::ranges::find(all, what) != all.end();
}

void describe(CLI::App& command, What what, RecordsOptions& typed) {
  command.add_option("--data", typed.data, "Records folder (default: $XDG_DATA_HOME/matside)")
      ->option_text("DIR");
  if (one_of(what,
             {What::plan, What::history, What::import, What::practice, What::remove_pin})) {
    command
        .add_option("--person", typed.person,
                    "Name of the person, if several share the records")
        ->option_text("NAME");
  }
  if (one_of(what, {What::plan, What::history, What::show})) {
    command.add_flag("--json", typed.json, "Print JSON for other programs");
  }
  if (what == What::history) command.add_flag("--csv", typed.csv, "Print the practices as CSV");
  if (one_of(what, {What::show, What::rescore, What::erase})) {
    command.add_option("ID", typed.id, "A practice's number (see matside history)")
        ->option_text(" ");
  }
  if (one_of(what, {What::rescore, What::erase})) {
    command.add_flag("--all", typed.all, "All practices");
  }
  if (what == What::erase) command.add_flag("--yes", typed.yes, "Erase without asking first");
  if (one_of(what, {What::backup, What::restore, What::import})) {
    const char* const about = what == What::backup    ? "The backup file to save"
                              : what == What::restore ? "The backup file to restore"
                                                      : "The file or folder to import";
    command.add_option("FILE", typed.file, about)->required()->option_text(" ");
  }
  if (what == What::practice) {
    command.add_flag("--no-camera", typed.no_camera,
                     "Practise with audio only; the page can use a camera");
    command
        .add_option("--repetitions", typed.repetitions,
                    "Repetitions on each side (default: as planned)")
        ->check(CLI::Range(1, protocol::kMaxGoal))
        ->option_text("N");
  }
  if (one_of(what, {What::practice, What::import})) {
    command.add_option("--level", typed.level, "Level of the exercise")
        ->check(CLI::Range(0, highest_level()))
        ->option_text(level_range_text());
  }
  if (one_of(what, {What::plan, What::import})) {
    command
        .add_option("--exercise", typed.exercise,
                    what == What::plan ? "The exercise (default: single-leg-kick)"
                                       : "For poses: the exercise (default: single-leg-kick)")
        ->option_text("ID");
  }
  if (what == What::import) {
    command.add_option("--date", typed.date, kDateOptionText)->option_text("DATE");
    typed.poses.describe(command);
  }
}

base::Result<RecordsCommand> validated(What what, const RecordsOptions& typed) {
  RecordsCommand command;
  command.what = what;
  if (!typed.data.empty()) command.data = typed.data;
  command.person = typed.person;
  command.json = typed.json;
  command.csv = typed.csv;
  command.all = typed.all;
  command.yes = typed.yes;
  command.id = typed.id;
  command.file = typed.file;
  command.exercise = typed.exercise;
  command.level = typed.level;
  command.repetitions = typed.repetitions;
  if (typed.json && typed.csv) return usage_error("--json and --csv: choose one");
  if (what == What::show && !typed.id)
    return usage_error("show: the practice's number is missing; find it with matside history");
  if (one_of(what, {What::rescore, What::erase}) && typed.all == typed.id.has_value()) {
    return usage_error("give one practice's number or --all");
  }
  if (what == What::practice && !typed.no_camera) {
    return usage_error(
        "practice: add --no-camera; to practise with a camera, use "
        "matside serve --open");
  }
  if (typed.date) {
    const auto date = parse_date_option(*typed.date, now());
    if (!date) return date.error();
    command.date = date.value();
  }
  const auto poses = typed.poses.validated();
  if (!poses) return poses.error();
  command.poses = poses.value();
  return command;
}

class RecordsParser : public CommandParser {
 public:
  explicit RecordsParser(const CommandText& text) : text_(text) {}
  [[nodiscard]] const char* name() const override { return text_.name; }
  void describe(CLI::App& program) override {
    CLI::App* command = program.add_subcommand(text_.name, text_.about);
    command->footer(std::string("Example:\n  ") + text_.example);
    cli::describe(*command, text_.what, typed_);
  }
  [[nodiscard]] base::Result<Action> action() const override {
    const auto command = validated(text_.what, typed_);
    if (!command) return command.error();
    return Action([command = command.value()] { return run_records_command(command); });
  }

 private:
  CommandText text_;
  RecordsOptions typed_;
};

}  // namespace

std::vector<std::unique_ptr<CommandParser>> records_commands() {
  std::vector<std::unique_ptr<CommandParser>> all;
  for (const CommandText& each : kCommands)
    all.push_back(std::make_unique<RecordsParser>(each));
  return all;
}

}  // namespace matside::cli
