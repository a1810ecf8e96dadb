#include "cli/audio_practice.h"

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
#include "cli/program_data.h"
#include "cli/prompt.h"
#include "core/coaching/audio_guide.h"
#include "protocol/limits.h"
#include "records/practice_draft.h"
#include "records/today.h"

namespace matside::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPollInterval(20);
constexpr const char* kComfort =
    "Discomfort from 0 (none) to 10 (the worst you can imagine)? Press Enter to skip: ";

/// Speaks with espeak-ng, where it is installed; a new text interrupts the last one.
class Voice {
 public:
  Voice() = default;
  Voice(const Voice&) = delete;
  Voice& operator=(const Voice&) = delete;
  ~Voice() { stop(); }

  void say(const std::string& text) {
    stop();
    std::string program = "espeak-ng";
    std::string words = text;
    char* const arguments[] = {program.data(), words.data(), nullptr};
    // Without a sound device, its library prints many errors.
    posix_spawn_file_actions_t quietly;
    posix_spawn_file_actions_init(&quietly);
    posix_spawn_file_actions_addopen(&quietly, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (posix_spawnp(&process_, program.c_str(), &quietly, nullptr, arguments, environ) != 0) {
      process_ = 0;
    }
    posix_spawn_file_actions_destroy(&quietly);
  }

 private:
  void stop() {
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
    std::this_thread::sleep_for(std::min<Clock::duration>(kPollInterval, then - Clock::now()));
  }
  return !stop_requested();
}

/// Plays the script until it ends or the person stops. @returns the repetitions so far
records::SideCounts play_script(const std::vector<coaching::AudioGuideItem>& script) {
  Voice voice;
  records::SideCounts done;
  const Clock::time_point start = Clock::now();
  for (const coaching::AudioGuideItem& item : script) {
    const auto at = std::chrono::duration<double>(item.at.value());
    if (!wait_until(start + std::chrono::duration_cast<Clock::duration>(at))) break;
    done = {item.left, item.right};
    if (item.sound == coaching::SoundCue::kick) {
      ring_terminal_bell();
      (void)write_to_standard_output("  kick\n");
    }
    if (!item.say || item.say->text.empty()) continue;
    (void)write_to_standard_output(item.say->text + "\n");
    voice.say(item.say->text);
  }
  return done;
}

}  // namespace

base::Result<void> run_audio_practice(const RecordsContext& context,
                                      const RecordsCommand& command) {
  records::Repository& records = *context.records;
  const auto person = context.person(command.person);
  if (!person) return person.error();
  const auto today =
      records::today(records, person.value().id, context.now, context.exercise, context.rules);
  if (!today) return today.error();
  records::PracticeDraft::Plan plan;
  plan.person = person.value().id;
  plan.level = command.level.value_or(today.value().next.level);
  plan.repetitions = command.repetitions.value_or(today.value().next.repetitions);
  plan.comfort_before = prompt_number(kComfort, 0, records::kMaxComfort);
  if (plan.comfort_before &&
      !plan::may_start(*plan.comfort_before, today.value().comfort_before_last,
                       context.rules)) {
    return write_to_standard_output("Please rest today and see how you feel tomorrow.\n");
  }
  coaching::PracticeRequest request;
  request.level = plan.level;
  request.repetitions = plan.repetitions;
  const records::SideCounts done =
      play_script(coaching::audio_guide(context.exercise, request));
  const bool stopped = stop_requested();
  const int left = prompt_number(fmt::format("Repetitions on the left ({}): ", done.left), 0,
                                 protocol::kMaxSelfReported)
                       .value_or(done.left);
  const int right = prompt_number(fmt::format("Repetitions on the right ({}): ", done.right), 0,
                                  protocol::kMaxSelfReported)
                        .value_or(done.right);
  const auto answer = stopped ? prompt("Were you comfortable? Type yes or no: ") : std::nullopt;
  const bool discomfort = answer && answer->starts_with("n");
  const auto id = records::save_self_reported(
      records, plan, context.now, engine_info("", false), context.exercise, {left, right},
      discomfort ? coaching::EndReason::discomfort : coaching::EndReason::person);
  if (!id) return id.error();
  if (const auto after = prompt_number(kComfort, 0, records::kMaxComfort)) {
    records::Comfort comfort;
    comfort.before = plan.comfort_before;
    comfort.after = after;
    if (auto saved = records.set_comfort(id.value(), comfort); !saved) return saved;
  }
  return write_to_standard_output(fmt::format(
      "Saved as practice {}. Tomorrow, say how you feel on the page: matside serve --open\n",
      id.value()));
}

}  // namespace matside::cli
