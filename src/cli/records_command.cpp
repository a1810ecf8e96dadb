#include "cli/records_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/audio_practice.h"
#include "cli/clock.h"
#include "cli/counted.h"
#include "cli/diagnostics.h"
#include "cli/exit_code.h"
#include "cli/folder_lock.h"
#include "cli/interrupt.h"
#include "cli/output_file.h"
#include "cli/practice_text.h"
#include "cli/program_data.h"
#include "cli/progress_bar.h"
#include "cli/prompt.h"
#include "cli/recording_date.h"
#include "cli/records_context.h"
#include "cli/user_data_folder.h"
#include "files/input_file.h"
#include "formats/pose_file.h"
#include "practice/recording/read_poses.h"
#include "practice/recording/text_file.h"
#include "records/import_export.h"
#include "records/json_documents.h"
#include "records/progress.h"
#include "records/sqlite/backup.h"
#include "records/today.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using records::Practice;

constexpr std::size_t kDate = 10;  // of an ISO time

base::Result<void> print(const std::string& text) { return write_to_standard_output(text); }

base::Result<int> exit_code_of(const base::Result<void>& done) {
  if (!done) return done.error();
  return kExitOk;
}

base::Result<void> show_plan(const RecordsContext& context, const RecordsCommand& command) {
  const auto person = context.person(command.person);
  if (!person) return person.error();
  const auto chosen = context.chosen(command.exercise);
  if (!chosen) return chosen.error();
  const exercise::Definition& exercise = *chosen.value();
  const auto today =
      records::today(*context.records, person.value().id, context.now, exercise, context.rules);
  if (!today) return today.error();
  if (command.json) {
    return print(
        records::today_json(today.value(), exercise, context.rules, context.exercises()) +
        "\n");
  }
  const plan::Next& next = today.value().next;
  if (next.ask_first) {
    std::string text = "No practice is planned.\n";
    for (const plan::DecisionReason reason : next.reasons)
      text += records::reason_text(reason, exercise) + "\n";
    return print(text + "When they agree, confirm it on the page: matside serve --open\n");
  }
  const std::string move = exercise.cycle ? exercise.name + ", " : "";
  std::string text = fmt::format(
      "Next: {}level {}, {}, {}{}\n", move, next.level, exercise.level(next.level)->name,
      records::goal_text(next.repetitions, exercise), exercise.by_side() ? "" : " repetitions");
  const bool resting = context.now.instant < next.not_before;
  if (resting) {
    text += fmt::format("Rest until {}\n",
                        date_time_text({next.not_before, context.now.utc_offset_min}));
  } else {
    text += "You can practise today.\n";
  }
  for (const plan::DecisionReason reason : next.reasons) {
    const bool waiting =
        reason == plan::DecisionReason::rest || reason == plan::DecisionReason::week_full;
    if (waiting && !resting) continue;
    text += "- " + records::reason_text(reason, exercise) + "\n";
  }
  if (today.value().ask_next_day) {
    text +=
        "How did you feel the day after your last practice? Answer on the page: matside serve "
        "--open\n";
  }
  return print(text);
}

base::Result<void> show_history(const RecordsContext& context, const RecordsCommand& command) {
  const auto person = context.person(command.person);
  if (!person) return person.error();
  const auto progress =
      records::progress(*context.records, person.value().id, context.now, context.rules);
  if (!progress) return progress.error();
  if (command.json)
    return print(records::progress_json(progress.value(), context.rules, context.exercises()) +
                 "\n");
  const std::vector<Practice>& practices = progress.value().practices;
  if (command.csv) return print(records::practices_csv(practices));
  if (practices.empty()) return print("No practices yet. Start with: matside serve --open\n");
  std::string text;
  for (const Practice& each : practices) text += practice_line(each, context.exercises());
  for (const std::string& change : progress.value().changed) text += change + "\n";
  return print(text);
}

base::Result<void> show_practice(const RecordsContext& context, const RecordsCommand& command) {
  records::Repository& records = *context.records;
  if (command.json) {
    const auto text = records::practice_json(records, *command.id, context.exercises());
    if (!text) return text.error();
    return print(text.value() + "\n");
  }
  const auto practice = records.practice(*command.id);
  if (!practice) return practice.error();
  const auto repetitions = records.repetitions(*command.id);
  if (!repetitions) return repetitions.error();
  const auto scorings = records.scorings(*command.id);
  if (!scorings) return scorings.error();
  const auto known = context.exercises().find(practice.value().exercise);
  const exercise::Definition* const exercise = known ? known.value() : nullptr;
  std::string text = practice_line(practice.value(), context.exercises());
  for (const records::SavedRepetition& each : repetitions.value()) {
    text += repetition_lines(each, exercise);
  }
  for (const auto& [scoring, counts] : scorings.value()) {
    text += fmt::format(
        "scored by {} on {}: {}, {} clean\n", scoring.engine,
        date_time_text({scoring.made, practice.value().utc_offset_min}).substr(0, kDate),
        repetitions_text(counts, exercise), counts.clean);
  }
  return print(text);
}

base::Result<std::vector<Practice>> all_practices(const RecordsContext& context) {
  const auto persons = context.records->persons();
  if (!persons) return persons.error();
  std::vector<Practice> all;
  for (const records::Person& each : persons.value()) {
    auto practices = context.records->practices(each.id);
    if (!practices) return practices;
    std::ranges::move(practices.value(), std::back_inserter(all));
  }
  return all;
}

base::Result<void> rescore(const RecordsContext& context, const RecordsCommand& command) {
  const records::EngineInfo by = engine_info("", false);
  const auto one = [&](records::Id id) {
    return records::rescore(*context.records, id, by, context.exercises(), context.now.instant);
  };
  if (command.id) {
    if (auto done = one(*command.id); !done) return done;
    return show_practice(context, command);
  }
  const auto practices = all_practices(context);
  if (!practices) return practices.error();
  ProgressBar bar(true);
  int rescored = 0;
  int without = 0;
  int foreign = 0;
  const auto total = static_cast<double>(practices.value().size());
  for (const Practice& each : practices.value()) {
    if (stop_requested()) break;
    if (!context.exercises().find(each.exercise)) {
      ++foreign;
      continue;
    }
    const auto poses = context.records->poses(each.id);
    if (!poses) return poses.error();
    if (poses.value().empty()) {
      ++without;
      continue;
    }
    if (auto done = one(each.id); !done) return done;
    ++rescored;
    bar.show(rescored, (rescored + without + foreign) / total);
  }
  std::string text = counted(rescored, "practice") + " rescored\n";
  if (without > 0) {
    text += counted(without, "practice");
    text += without == 1 ? " has no poses and is unchanged\n"
                         : " have no poses and are unchanged\n";
  }
  if (foreign > 0) {
    text += counted(foreign, "practice");
    text += foreign == 1 ? " is of an exercise that isn't installed, and is unchanged\n"
                         : " are of exercises that aren't installed, and are unchanged\n";
  }
  return print(text);
}

base::Result<void> export_all(const RecordsContext& context, const RecordsCommand& command) {
  std::error_code why;
  fs::create_directories(command.file, why);
  if (why) {
    return Error{ErrorKind::output, command.file.string() + ": " + why.message()};
  }
  const auto persons = context.records->persons();
  if (!persons) return persons.error();
  for (const records::Person& each : persons.value()) {
    const auto text = records::export_json(*context.records, each.id);
    if (!text) return text.error();
    const fs::path path = command.file / fmt::format("person-{}.matside.json", each.id);
    auto file = OutputFile::open(path, {.forced = command.force});
    if (!file) return file.error();
    if (auto written = file.value().write(text.value()); !written) return written;
    if (auto written = file.value().commit(); !written) return written;
    if (auto printed = print(path.string() + ": " + each.name + "\n"); !printed) return printed;
  }
  return {};
}

/// The way in for the owner, who can read the records' file anyway.
base::Result<void> remove_pin(const RecordsContext& context, const RecordsCommand& command) {
  const auto known = context.person(command.person);
  if (!known) return known.error();
  records::Person person = known.value();
  if (person.pin.empty()) return print(person.name + " has no PIN.\n");
  person.pin.clear();
  const auto saved = context.records->update_person(person);
  return saved ? print("Removed " + person.name + "'s PIN. Set a new one in Settings.\n")
               : saved;
}

/// @returns the exit code: kExitPending if something erased can't be overwritten yet
base::Result<int> erase(const RecordsContext& context, const RecordsCommand& command) {
  const std::string what =
      command.id ? "practice " + std::to_string(*command.id) : std::string("all records");
  if (command.id) {
    if (const auto known = context.records->practice(*command.id); !known) return known.error();
  }
  if (!command.yes) {
    const auto answer =
        prompt("Erase " + what + "? This can't be undone. Type yes to confirm: ");
    if (answer != "yes") return exit_code_of(print("Nothing was erased.\n"));
  }
  const auto erased =
      command.id ? context.records->erase_practice(*command.id) : context.records->erase_all();
  if (!erased) return erased.error();
  if (!context.records->erasure_pending()) {
    return exit_code_of(print("Erased " + what + ".\n"));
  }
  const auto told = print(
      "Erased " + what +
      ", but a copy remains on the disk: another program is reading the records, or the disk "
      "is full.\nThe copy will be overwritten when you next open the records, for example "
      "with: "
      "matside history\n");
  if (!told) return told.error();
  return kExitPending;
}

base::Result<void> back_up(const RecordsContext& context, const RecordsCommand& command) {
  auto copied = context.records->backup(command.file.string());
  return copied ? print("Saved a backup: " + command.file.string() + "\n") : copied;
}

/// Replaces the records. The old ones stay, under another name.
base::Result<void> restore(const RecordsCommand& command) {
  if (const auto file = files::InputFile::open(command.file); !file) return file.error();
  const auto folder = user_data_folder(command.data);
  if (!folder) return folder.error();
  const auto lock = FolderLock::take(folder.value());
  if (!lock) return lock.error();
  const auto previous = records::sqlite::restore(
      command.file.string(), records_file(folder.value()).string(), now().instant);
  if (!previous) return previous.error();
  std::string text = "Restored the records from " + command.file.string() + ".\n";
  if (!previous.value().empty()) {
    text += "The previous records are now in " + previous.value() + "\n";
  }
  return print(text);
}

/// Whether it is a result file or an export: anything but poses.
bool is_own_document(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return false;
  std::array<char, 4096> start{};
  auto file = files::InputFile::open(path);
  const auto got = file ? file.value().read(std::as_writable_bytes(std::span(start)))
                        : base::Result<std::size_t>(file.error());
  // What can't be read is refused by the reader of documents, which says why.
  return !got || !formats::pose_format_of(std::string_view(start.data(), got.value()));
}

/// The time that --date names.
std::optional<records::LocalTime> given_date(const RecordsCommand& command) {
  if (!command.date) return std::nullopt;
  return records::LocalTime{{command.date->unix_s}, command.date->utc_offset_min.value_or(0)};
}

base::Result<void> import_document(const RecordsContext& context, const RecordsCommand& command,
                                   records::Id person) {
  const auto text = recording::read_text_file(command.file);
  if (!text) return text.error();
  const auto imported =
      records::import_json(*context.records, person, text.value(), command.file.string(),
                           {context.now, given_date(command)}, context.exercises());
  if (!imported) return imported.error();
  const int known = imported.value().known;
  const std::string already =
      known > 0 ? fmt::format("; {} already saved", counted(known, "practice")) : "";
  return print(counted(imported.value().saved, "practice") + " imported" + already + "\n");
}

base::Result<void> import(const RecordsContext& context, const RecordsCommand& command) {
  const auto person = context.person(command.person);
  if (!person) return person.error();
  const std::string name = command.file.string();
  records::Repository& records = *context.records;
  if (is_own_document(command.file)) {
    return import_document(context, command, person.value().id);
  }
  if (!command.level) {
    return Error{ErrorKind::usage, name + ": poses have no level; add one, such as --level 1"};
  }
  const auto exercise = context.chosen(command.exercise);
  if (!exercise) return exercise.error();
  const auto input = recording::read_poses(command.file, command.poses, stop_requested());
  if (!input) return input.error();
  const std::vector<pose::PoseFrame>& frames = input.value().poses.frames;
  records::PracticeDraft::Plan plan;
  plan.person = person.value().id;
  plan.level = *command.level;
  plan.origin = records::Origin::imported;
  plan.start = given_date(command);
  const auto imported = records::import_poses(records, plan, frames, context.now,
                                              engine_info(input.value().poses.skeleton, false),
                                              *exercise.value());
  if (!imported) return Error{imported.error().kind, name + ": " + imported.error().message};
  if (imported.value().already_saved) {
    const auto said = print(fmt::format(
        "Already saved as practice {}: the records have this recording. Nothing was "
        "changed.\n\n",
        imported.value().practice));
    if (!said) return said;
  }
  for (const std::string& note : input.value().poses.notes) {
    const exercise::Phrase* const words = exercise.value()->phrase("warning_" + note);
    if (words == nullptr) continue;
    if (auto said = print(words->text + "\n\n"); !said) return said;
  }
  RecordsCommand shown = command;
  shown.id = imported.value().practice;
  return show_practice(context, shown);
}

/// Leads through a practice, where one is offered; otherwise says why none is.
base::Result<void> lead_practice(const RecordsContext& context, const RecordsCommand& command) {
  const auto person = context.person(command.person);
  if (!person) return person.error();
  const auto today = records::today(*context.records, person.value().id, context.now,
                                    context.exercise, context.rules);
  if (!today) return today.error();
  return today.value().next.ask_first ? show_plan(context, command)
                                      : run_audio_practice(context, command);
}

base::Result<int> run(const RecordsCommand& command) {
  using What = RecordsCommand::What;
  if (command.what == What::restore) return exit_code_of(restore(command));
  const auto context = open_records_context(command.data);
  if (!context) return context.error();
  switch (command.what) {
    case What::plan:
      return exit_code_of(show_plan(context.value(), command));
    case What::history:
      return exit_code_of(show_history(context.value(), command));
    case What::show:
      return exit_code_of(show_practice(context.value(), command));
    case What::rescore:
      return exit_code_of(rescore(context.value(), command));
    case What::export_all:
      return exit_code_of(export_all(context.value(), command));
    case What::erase:
      return erase(context.value(), command);
    case What::remove_pin:
      return exit_code_of(remove_pin(context.value(), command));
    case What::backup:
      return exit_code_of(back_up(context.value(), command));
    case What::import:
      return exit_code_of(import(context.value(), command));
    case What::practice:
      return exit_code_of(lead_practice(context.value(), command));
    case What::restore:
      break;
  }
  return kExitOk;
}

}  // namespace

int run_records_command(const RecordsCommand& command) {
  const auto done = run(command);
  return done ? done.value() : fail(done.error());
}

}  // namespace matside::cli
