#include "cli/sound_practice.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>

#include "cli/interrupt.h"
#include "cli/output_file.h"
#include "cli/own_folder.h"
#include "core/coaching/script.h"
#include "records/ongoing.h"
#include "records/today.h"

namespace matside::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kWorst = 10;
constexpr std::chrono::milliseconds kLook(20);
constexpr const char* kComfort =
    "How does it feel, 0 (nothing) to 10 (the worst)? Enter for no answer: ";

/// Speaks one thing at a time; a new one cuts short what is being said.
class Voice {
 public:
  Voice() = default;
  Voice(const Voice&) = delete;
  Voice& operator=(const Voice&) = delete;
  ~Voice() { hush(); }

  void say(const std::string& text) {
    hush();
    std::string program = "espeak-ng";
    std::string words = text;
    char* const arguments[] = {program.data(), words.data(), nullptr};
    // Where there is no sound, its library says so at length.
    posix_spawn_file_actions_t quietly;
    posix_spawn_file_actions_init(&quietly);
    posix_spawn_file_actions_addopen(&quietly, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (posix_spawnp(&process_, program.c_str(), &quietly, nullptr, arguments, environ) != 0) {
      process_ = 0;
    }
    posix_spawn_file_actions_destroy(&quietly);
  }

 private:
  void hush() {
    if (process_ == 0) return;
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
  }

  pid_t process_ = 0;
};

/// Sleeps until then. @returns false when the person stopped
bool wait_until(Clock::time_point then) {
  while (Clock::now() < then) {
    if (stop_requested()) return false;
    std::this_thread::sleep_for(std::min<Clock::duration>(kLook, then - Clock::now()));
  }
  return !stop_requested();
}

/// @returns what was done when it ended
records::Correction lead(const std::vector<coaching::ScriptItem>& script) {
  Voice voice;
  records::Correction done;
  const Clock::time_point start = Clock::now();
  for (const coaching::ScriptItem& item : script) {
    const auto at = std::chrono::duration<double>(item.at.value());
    if (!wait_until(start + std::chrono::duration_cast<Clock::duration>(at))) break;
    done = {item.left, item.right};
    if (item.sound == coaching::Sound::kick) (void)write_to_standard_output("  kick\a\n");
    if (!item.say || item.say->text.empty()) continue;
    (void)write_to_standard_output(item.say->text + "\n");
    voice.say(item.say->text);
  }
  return done;
}

}  // namespace

base::Result<void> practise_by_sound(const Diary& diary, const RecordsCommand& command) {
  records::Repository& records = *diary.records;
  const auto person = diary.person(command.person);
  if (!person) return person.error();
  const auto today =
      records::today(records, person.value().id, diary.now, diary.exercise, diary.rules);
  if (!today) return today.error();
  records::Ongoing::Wish wish;
  wish.person = person.value().id;
  wish.level = command.level.value_or(today.value().next.level);
  wish.repetitions = command.repetitions.value_or(today.value().next.repetitions);
  wish.comfort_before = ask_number(kComfort, 0, kWorst);
  if (wish.comfort_before &&
      !plan::may_start(*wish.comfort_before, today.value().comfort_before_last, diary.rules)) {
    return write_to_standard_output("Not today. Rest, and see how it is tomorrow.\n");
  }
  coaching::Wish told;
  told.level = wish.level;
  told.repetitions = wish.repetitions;
  const records::Correction done = lead(coaching::script(diary.exercise, told));
  const bool stopped = stop_requested();
  const int left = ask_number(fmt::format("Repetitions on the left ({}): ", done.left), 0, 100)
                       .value_or(done.left);
  const int right =
      ask_number(fmt::format("Repetitions on the right ({}): ", done.right), 0, 100)
          .value_or(done.right);
  const auto answer = stopped ? ask("Was it comfortable? yes or no: ") : std::nullopt;
  const bool discomfort = answer && answer->starts_with("n");
  const auto id = records::keep_self_reported(
      records, wish, diary.now, engine("", false), diary.exercise, {left, right},
      discomfort ? records::EndedBy::discomfort : records::EndedBy::person);
  if (!id) return id.error();
  if (const auto after = ask_number(kComfort, 0, kWorst)) {
    records::Comfort comfort;
    comfort.before = wish.comfort_before;
    comfort.after = after;
    if (auto kept = records.set_comfort(id.value(), comfort); !kept) return kept;
  }
  return write_to_standard_output(
      fmt::format("Kept as practice {}. How tomorrow is, tell it on the page.\n", id.value()));
}

}  // namespace matside::cli
