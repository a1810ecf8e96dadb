#include "cli/records_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/diary.h"
#include "cli/exit_code.h"
#include "cli/input_text.h"
#include "cli/interrupt.h"
#include "cli/messages.h"
#include "cli/output_file.h"
#include "cli/own_folder.h"
#include "cli/pose_input.h"
#include "cli/progress.h"
#include "cli/sound_practice.h"
#include "core/base/clock_text.h"
#include "formats/pose_file.h"
#include "records/documents.h"
#include "records/exchange.h"
#include "records/progress.h"
#include "records/sqlite/repository.h"
#include "records/today.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using records::Practice;

constexpr std::size_t kDate = 10;  // of an ISO time
constexpr std::size_t kDateAndTime = 16;

base::Result<void> say(const std::string& text) { return write_to_standard_output(text); }

/// 2026-11-23 09:05
std::string minute_text(const records::Now& at) {
  std::string text = records::iso_text(at.instant, at.utc_offset_min).substr(0, kDateAndTime);
  text[kDate] = ' ';
  return text;
}

base::Result<void> show_plan(const Diary& diary, const RecordsCommand& command) {
  const auto person = diary.person(command.person);
  if (!person) return person.error();
  const auto today =
      records::today(*diary.records, person.value().id, diary.now, diary.exercise, diary.rules);
  if (!today) return today.error();
  if (command.json) {
    return say(records::today_json(today.value(), diary.exercise, diary.rules) + "\n");
  }
  const plan::Next& next = today.value().next;
  std::string text = fmt::format("Next: level {}, {}, {} each side\n", next.level,
                                 diary.exercise.level(next.level)->name, next.repetitions);
  const bool resting = diary.now.instant < next.not_before;
  if (next.ask_first) {
    text += "Not before a physiotherapist or doctor has been asked.\n";
  } else if (resting) {
    text += fmt::format("Not before {}\n",
                        minute_text({next.not_before, diary.now.utc_offset_min}));
  } else {
    text += "Today, if you like.\n";
  }
  for (const plan::Reason reason : next.reasons) {
    const bool waiting = reason == plan::Reason::rest || reason == plan::Reason::week_full;
    if (waiting && !resting) continue;
    text += "- " + records::words_for(reason, diary.exercise) + "\n";
  }
  if (today.value().ask_next_day) {
    text += "How was the day after the last practice? Tell it on the page: matside serve\n";
  }
  return say(text);
}

std::string practice_line(const Practice& p) {
  const records::Correction told = records::told_counts(p);
  const std::string unsure =
      p.counts.unsure > 0 ? fmt::format(" + {} unsure", p.counts.unsure) : "";
  const std::string comfort =
      p.comfort.after ? fmt::format("   comfort {}", *p.comfort.after) : "";
  return fmt::format("{:>4}  {}  level {}  {} + {}{} of {} each{}, {} clean{}{}\n", p.id,
                     minute_text({p.start, p.utc_offset_min}), p.level, told.left, told.right,
                     unsure, p.wished, p.corrected ? " (corrected)" : "", p.counts.clean,
                     p.origin == records::Origin::sound ? ", self-reported" : "", comfort);
}

base::Result<void> show_history(const Diary& diary, const RecordsCommand& command) {
  const auto person = diary.person(command.person);
  if (!person) return person.error();
  const auto progress = records::progress(*diary.records, person.value().id, diary.now);
  if (!progress) return progress.error();
  if (command.json) return say(records::progress_json(progress.value(), diary.rules) + "\n");
  const std::vector<Practice>& practices = progress.value().practices;
  if (command.csv) return say(records::practices_csv(practices));
  if (practices.empty()) return say("No practice yet. Begin with: matside serve --open\n");
  std::string text;
  for (const Practice& each : practices) text += practice_line(each);
  for (const std::string& change : progress.value().changed) text += change + "\n";
  return say(text);
}

std::string repetition_line(const records::Repetition& r,
                            const exercise::Definition& exercise) {
  std::string faults;
  for (const records::Fault& fault : r.faults) {
    const exercise::Words* words = exercise.words_for(fault.id);
    faults += (faults.empty() ? "  " : "; ") + (words != nullptr ? words->name : fault.id);
  }
  const auto side = [](exercise::KickingSide s) { return std::string(name(s)); };
  const std::string corrected = r.corrected ? " -> " + side(*r.corrected) : "";
  return fmt::format("{:>4}  {}  {:<6}{}  {} kicks, {:.0f} degrees  {}{}\n", r.index,
                     base::clock_text(r.start), side(r.side), corrected, r.kicks.size(),
                     r.knee_flexion.value(), name(r.status), faults);
}

base::Result<void> show_practice(const Diary& diary, const RecordsCommand& command) {
  records::Repository& records = *diary.records;
  if (command.json) {
    const auto text = records::practice_json(records, *command.id, diary.exercise);
    if (!text) return text.error();
    return say(text.value() + "\n");
  }
  const auto practice = records.practice(*command.id);
  if (!practice) return practice.error();
  const auto repetitions = records.repetitions(*command.id);
  if (!repetitions) return repetitions.error();
  const auto judgements = records.judgements(*command.id);
  if (!judgements) return judgements.error();
  std::string text = practice_line(practice.value());
  for (const records::Repetition& each : repetitions.value()) {
    text += repetition_line(each, diary.exercise);
  }
  for (const auto& [judgement, counts] : judgements.value()) {
    text += fmt::format(
        "judged by {} on {}: {} + {}, {} clean\n", judgement.engine,
        minute_text({judgement.made, practice.value().utc_offset_min}).substr(0, kDate),
        counts.left, counts.right, counts.clean);
  }
  return say(text);
}

base::Result<std::vector<Practice>> everybodys_practices(const Diary& diary) {
  const auto persons = diary.records->persons();
  if (!persons) return persons.error();
  std::vector<Practice> all;
  for (const records::Person& each : persons.value()) {
    auto practices = diary.records->practices(each.id);
    if (!practices) return practices;
    std::ranges::move(practices.value(), std::back_inserter(all));
  }
  return all;
}

base::Result<void> rescore(const Diary& diary, const RecordsCommand& command) {
  const records::Engine by = engine("", false);
  const auto one = [&](records::Id id) {
    return records::rescore(*diary.records, id, by, diary.exercise, diary.now.instant);
  };
  if (command.id) {
    if (auto done = one(*command.id); !done) return done;
    return show_practice(diary, command);
  }
  const auto practices = everybodys_practices(diary);
  if (!practices) return practices.error();
  ProgressBar bar(true);
  int judged = 0;
  int without = 0;
  const auto total = static_cast<double>(practices.value().size());
  for (const Practice& each : practices.value()) {
    if (stop_requested()) break;
    const auto poses = diary.records->poses(each.id);
    if (!poses) return poses.error();
    if (poses.value().empty()) {
      ++without;
      continue;
    }
    if (auto done = one(each.id); !done) return done;
    ++judged;
    bar.show(judged, (judged + without) / total);
  }
  return say(fmt::format("{} practices judged again; {} have no poses and stay as they are\n",
                         judged, without));
}

base::Result<void> export_all(const Diary& diary, const RecordsCommand& command) {
  std::error_code why;
  fs::create_directories(command.file, why);
  if (why) {
    return Error{ErrorKind::output, command.file.string() + ": " + why.message()};
  }
  const auto persons = diary.records->persons();
  if (!persons) return persons.error();
  for (const records::Person& each : persons.value()) {
    const auto text = records::export_json(*diary.records, each.id);
    if (!text) return text.error();
    const fs::path path = command.file / fmt::format("person-{}.matside.json", each.id);
    auto file = OutputFile::open(path, {.forced = command.force});
    if (!file) return file.error();
    if (auto written = file.value().write(text.value()); !written) return written;
    if (auto written = file.value().commit(); !written) return written;
    if (auto said = say(path.string() + ": " + each.name + "\n"); !said) return said;
  }
  return {};
}

base::Result<void> erase(const Diary& diary, const RecordsCommand& command) {
  const std::string what =
      command.id ? "practice " + std::to_string(*command.id) : std::string("everything");
  if (command.id) {
    if (const auto known = diary.records->practice(*command.id); !known) return known.error();
  }
  if (!command.yes) {
    const auto answer = ask("Erase " + what + " for good? Type yes: ");
    if (answer != "yes") return say("Nothing was erased.\n");
  }
  auto erased =
      command.id ? diary.records->erase_practice(*command.id) : diary.records->erase_all();
  return erased ? say("Erased " + what + ".\n") : erased;
}

base::Result<void> back_up(const Diary& diary, const RecordsCommand& command) {
  auto copied = diary.records->backup(command.file.string());
  return copied ? say("A copy of the records: " + command.file.string() + "\n") : copied;
}

/// What is there goes aside, not away.
base::Result<void> restore(const RecordsCommand& command) {
  if (auto sound = records::sqlite::check(command.file.string()); !sound) return sound;
  const auto folder = own_folder(command.data);
  if (!folder) return folder.error();
  const auto lock = FolderLock::take(folder.value());
  if (!lock) return lock.error();
  const fs::path file = records_file(folder.value());
  const std::string aside =
      file.string() + ".replaced-" + records::calendar_text(now().instant);
  const fs::path arriving = file.string() + ".arriving";
  std::error_code why;
  fs::copy_file(command.file, arriving, fs::copy_options::overwrite_existing, why);
  if (!why) fs::permissions(arriving, fs::perms::owner_read | fs::perms::owner_write, why);
  if (!why && fs::exists(file)) {
    // The log belongs to the file: apart from it, neither is whole.
    for (const char* part : {"-wal", "-shm", ""}) {
      if (fs::exists(file.string() + part)) fs::rename(file.string() + part, aside + part, why);
    }
  }
  if (!why) fs::rename(arriving, file, why);
  if (why) return Error{ErrorKind::output, file.string() + ": " + why.message()};
  if (const auto opened = open_records(folder.value()); !opened) return opened.error();
  std::string text = "The records are those of " + command.file.string() + " again.\n";
  if (fs::exists(aside)) text += "What was there before: " + aside + "\n";
  return say(text);
}

/// A result or an export: anything but poses.
bool is_own_document(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return false;
  constexpr std::size_t kBeginning = 4096;
  std::string text(kBeginning, '\0');
  std::ifstream in(path, std::ios::binary);
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return !formats::pose_format_of(text);
}

base::Result<void> import(const Diary& diary, const RecordsCommand& command) {
  const auto person = diary.person(command.person);
  if (!person) return person.error();
  const std::string name = command.file.string();
  records::Repository& records = *diary.records;
  if (is_own_document(command.file)) {
    const auto text = text_of_file(command.file);
    if (!text) return text.error();
    const auto kept =
        records::import_json(records, person.value().id, text.value(), name, diary.now);
    if (!kept) return kept.error();
    return say(fmt::format("{} practices came in\n", kept.value()));
  }
  if (!command.level) {
    return Error{ErrorKind::usage,
                 name + ": of which level are these poses? Say it, such as --level 1"};
  }
  const auto input = read_poses(command.file, command.poses);
  if (!input) return input.error();
  const std::vector<pose::PoseFrame>& frames = input.value().poses.frames;
  records::Ongoing::Wish wish;
  wish.person = person.value().id;
  wish.level = *command.level;
  wish.origin = records::Origin::imported;
  const auto id =
      records::import_poses(records, wish, frames, diary.now,
                            engine(input.value().poses.skeleton, false), diary.exercise);
  if (!id) return Error{id.error().kind, name + ": " + id.error().message};
  RecordsCommand shown = command;
  shown.id = id.value();
  return show_practice(diary, shown);
}

base::Result<void> run(const RecordsCommand& command) {
  using What = RecordsCommand::What;
  if (command.what == What::restore) return restore(command);
  const auto diary = open_diary(command.data);
  if (!diary) return diary.error();
  switch (command.what) {
    case What::plan:
      return show_plan(diary.value(), command);
    case What::history:
      return show_history(diary.value(), command);
    case What::show:
      return show_practice(diary.value(), command);
    case What::rescore:
      return rescore(diary.value(), command);
    case What::export_all:
      return export_all(diary.value(), command);
    case What::erase:
      return erase(diary.value(), command);
    case What::backup:
      return back_up(diary.value(), command);
    case What::import:
      return import(diary.value(), command);
    case What::practice:
      return practise_by_sound(diary.value(), command);
    case What::restore:
      break;
  }
  return {};
}

}  // namespace

int keep_records(const RecordsCommand& command) {
  const auto done = run(command);
  return done ? kExitOk : fail(done.error());
}

}  // namespace matside::cli
