#include "cli/slurm_batch.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <system_error>
#include <thread>
#include <utility>

#include "batch/recording_identity.h"
#include "batch/result_key.h"
#include "batch/work_queue.h"
#include "cli/batch_worker.h"
#include "cli/counted.h"
#include "cli/interrupt.h"
#include "cli/output_file.h"
#include "cli/slurm_commands.h"
#include "core/base/printable_text.h"
#include "files/input_file.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using base::Result;
using batch::ListedRecording;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// A batch of a minute is asked after every second, one of a day every quarter of a minute, so
// that Slurm's controller isn't kept busy.
constexpr milliseconds kShortestPause{500};
constexpr milliseconds kLongestPause{15'000};
constexpr int kPausesInElapsedTime = 20;
constexpr milliseconds kProgressTick{100};
// A recording whose task died so often may be the reason.
constexpr int kMostDeaths = 3;
// Arrays that end without an outcome, though their tasks worked.
constexpr int kMostFruitless = 3;
constexpr std::size_t kMostLog_bytes = std::size_t{16} << 20;

/// The last line of the newest log of Slurm's tasks; empty: there is none.
std::string last_line_of_logs(const fs::path& logs) {
  fs::path newest;
  std::error_code why;
  for (fs::directory_iterator at(logs, why), end; !why && at != end; at.increment(why)) {
    std::error_code unknown;
    if (newest.empty() ||
        fs::last_write_time(at->path(), unknown) > fs::last_write_time(newest, unknown)) {
      newest = at->path();
    }
  }
  if (newest.empty()) return {};
  const auto text = files::read_file(newest, kMostLog_bytes);
  if (!text) return {};
  std::istringstream lines(text.value());
  std::string last;
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) last = line;
  }
  return last.empty() ? last : newest.string() + ": " + base::printable_line(last);
}

class SlurmBatch {
 public:
  SlurmBatch(const SlurmRequest& request, const BatchFolder& folder,
             const std::vector<ListedRecording>& recordings, const std::string& settings,
             int level, bool quiet)
      : request_(request),
        folder_(folder),
        recordings_(recordings),
        settings_(settings),
        level_(level),
        quiet_(quiet),
        queue_path_(fs::absolute(folder.path()).lexically_normal() / "slurm" /
                    batch::result_key(settings, "queue").substr(0, kQueueDigits)),
        job_name_("matside-" +
                  batch::result_key(queue_path_.string(), "job").substr(0, kNameDigits)),
        jobs_(request.options, job_name_),
        known_(folder.path() / "known_recordings.txt"),
        progress_(!quiet) {
    result_.outcomes.resize(recordings.size());
    result_.state.total = recordings.size();
  }

  Result<SlurmOutcome> run();

 private:
  static constexpr std::size_t kQueueDigits = 16;
  static constexpr std::size_t kNameDigits = 16;

  Result<void> plan();
  Result<void> fill_queue();
  Result<void> wait();
  Result<void> look();
  Result<void> collect();
  Result<void> give_back_of_dead(const std::vector<batch::Claim>& claims,
                                 const SlurmTasks& tasks);
  Result<void> say_problems();
  Result<void> submit();
  Result<void> submit_again();
  void pause();
  void cancel();
  void remove_queue() const;

  [[nodiscard]] std::string job_text(const std::string& id) const;
  [[nodiscard]] std::string script() const;
  [[nodiscard]] std::string why_nothing_was_done() const;
  void finish(const std::string& id, const BatchOutcome& outcome, bool failed, bool reused);
  void say(const std::string& line);

  const SlurmRequest& request_;
  const BatchFolder& folder_;
  const std::vector<ListedRecording>& recordings_;
  const std::string& settings_;
  int level_;
  bool quiet_;
  fs::path queue_path_;
  std::string job_name_;
  SlurmJobs jobs_;
  batch::KnownRecordings known_;
  BatchProgress progress_;
  SlurmOutcome result_;

  std::map<std::string, std::vector<std::size_t>> waiting_;  ///< Recordings by identity.
  std::optional<batch::WorkQueue> queue_;
  std::set<std::string> given_back_;
  std::set<std::string> problems_;
  std::string last_problem_;
  std::string last_job_;
  std::size_t done_when_submitted_ = 0;
  bool somebody_died_ = false;
  int fruitless_ = 0;
  bool silent_ = false;  ///< Slurm gave no answer the last time.
  Clock::time_point start_ = Clock::now();
};

void SlurmBatch::say(const std::string& line) {
  if (quiet_) return;
  progress_.clear();
  spdlog::info("{}", line);
}

void SlurmBatch::finish(const std::string& id, const BatchOutcome& outcome, bool failed,
                        bool reused) {
  const auto found = waiting_.find(id);
  if (found == waiting_.end()) return;
  BatchState& state = result_.state;
  for (const std::size_t number : found->second) {
    result_.outcomes[number] = outcome;
    ++state.done;
    state.failed += failed ? 1 : 0;
    state.reused += reused ? 1 : 0;
  }
  waiting_.erase(found);
}

/// Sorts out what was done before and what can't be opened.
Result<void> SlurmBatch::plan() {
  std::map<std::string, std::string> known;
  for (std::size_t i = 0; i < recordings_.size() && !stop_requested(); ++i) {
    const ListedRecording& listed = recordings_[i];
    const auto id =
        batch::recording_identity(listed.path, listed.level.value_or(level_), settings_);
    if (id) {
      waiting_[id.value()].push_back(i);
      continue;
    }
    result_.outcomes[i] = {"", kind_name(id.error().kind),
                           reason_without_path(id.error().message, listed.path)};
    ++result_.state.done;
    ++result_.state.failed;
  }
  for (const auto& [id, numbers] : waiting_) {
    if (const auto key = known_.key_of(id)) known.emplace(id, *key);
  }
  for (const auto& [id, key] : known) {
    if (const auto saved = folder_.read(key)) {
      finish(id, {key, saved->failure_kind, saved->reason}, !saved->failure_kind.empty(), true);
    }
  }
  return {};
}

std::string SlurmBatch::job_text(const std::string& id) const {
  const std::size_t number = waiting_.at(id).front();
  const ListedRecording& listed = recordings_[number];
  return line_of(BatchJob{0, listed.path, listed.level.value_or(level_)});
}

/// Puts into the queue what it lacks. An earlier command may have left some of it there.
Result<void> SlurmBatch::fill_queue() {
  auto created = batch::WorkQueue::create(queue_path_);
  if (!created) return created.error();
  queue_ = std::move(created).value();
  auto settings = OutputFile::open(queue_path_ / "settings.json", {.forced = true});
  if (!settings) return settings.error();
  if (auto written = settings.value().write(settings_); !written) return written;
  if (auto saved = settings.value().commit(); !saved) return saved;
  const auto there = queue_->ids();
  if (!there) return there.error();
  for (const std::string& id : there.value()) {
    if (!waiting_.contains(id)) queue_->withdraw(id);
  }
  for (const auto& [id, numbers] : waiting_) {
    if (stop_requested()) break;
    if (there.value().contains(id)) continue;
    if (auto added = queue_->add(id, job_text(id)); !added) return added;
  }
  const auto problems = queue_->problems();
  if (!problems) return problems.error();
  problems_.insert(problems.value().begin(), problems.value().end());
  return {};
}

std::string SlurmBatch::script() const {
  std::error_code unknown;
  std::vector<std::string> words{fs::read_symlink("/proc/self/exe", unknown).string(), "batch",
                                 queue_path_.string(), "--slurm-worker",
                                 "--output=" + fs::absolute(folder_.path()).string()};
  words.insert(words.end(), request_.arguments.begin(), request_.arguments.end());
  std::string line = "exec";
  for (const std::string& word : words) line += " " + batch::shell_quoted(word);
  return "#!/bin/sh\n" + line + "\n";
}

Result<void> SlurmBatch::submit() {
  const std::size_t tasks = std::clamp<std::size_t>(request_.tasks, 1, waiting_.size());
  const auto job = jobs_.submit(tasks, script(), queue_->logs());
  if (!job) return Error{job.error().kind, "--slurm: " + job.error().message};
  last_job_ = job.value();
  done_when_submitted_ = result_.state.done;
  somebody_died_ = false;
  say(fmt::format("submitted job {} to Slurm: {} for {}", last_job_,
                  counted(static_cast<std::int64_t>(tasks), "task"),
                  counted(static_cast<std::int64_t>(waiting_.size()), "recording")));
  return {};
}

std::string SlurmBatch::why_nothing_was_done() const {
  if (!last_problem_.empty()) return last_problem_;
  const std::string log = last_line_of_logs(queue_->logs());
  if (!log.empty()) return log;
  return fmt::format(
      "they left no trace; check that the cluster's computers see {} under this path, and that "
      "the user may write there (scontrol show job {})",
      fs::absolute(folder_.path()).string(), last_job_);
}

Result<void> SlurmBatch::submit_again() {
  const bool fruitless = result_.state.done == done_when_submitted_;
  fruitless_ = fruitless ? fruitless_ + 1 : 0;
  if (fruitless && (!somebody_died_ || fruitless_ >= kMostFruitless)) {
    return Error{ErrorKind::output, fmt::format("Slurm's job {} ended and analysed nothing: {}",
                                                last_job_, why_nothing_was_done())};
  }
  return submit();
}

/// Takes the outcomes from the queue.
Result<void> SlurmBatch::collect() {
  const auto outcomes = queue_->outcomes();
  if (!outcomes) return outcomes.error();
  std::map<std::string, std::string> keys;
  std::map<std::string, BatchAnswer> answers;
  for (const batch::QueueOutcome& each : outcomes.value()) {
    if (auto answer = answer_in(each.text)) {
      if (!answer->key.empty()) keys[each.id] = answer->key;
      answers.emplace(each.id, std::move(*answer));
    } else if (waiting_.contains(each.id)) {
      // A power cut can leave an empty file.
      queue_->remove_outcome(each.id);
      if (auto added = queue_->add(each.id, job_text(each.id)); !added) return added;
    }
  }
  if (auto saved = known_.add(keys); !saved) return saved;
  for (const auto& [id, answer] : answers) {
    finish(id, {answer.key, answer.kind, answer.reason}, !answer.kind.empty(), answer.reused);
    queue_->remove_outcome(id);
    if (given_back_.contains(id)) queue_->withdraw(id);
  }
  return {};
}

/// Says why tasks stopped. A recording that can't be opened here either has failed.
Result<void> SlurmBatch::say_problems() {
  const auto problems = queue_->problems();
  if (!problems) return problems.error();
  for (const std::string& each : problems.value()) {
    if (!problems_.insert(each).second) continue;
    const std::size_t end = each.find('\n');
    const std::string id = end == std::string::npos ? std::string() : each.substr(end + 1);
    const auto found = waiting_.find(id);
    if (found != waiting_.end()) {
      const ListedRecording& listed = recordings_[found->second.front()];
      const auto here =
          batch::recording_identity(listed.path, listed.level.value_or(level_), settings_);
      if (!here) {
        queue_->withdraw(id);
        finish(id,
               {"", kind_name(here.error().kind),
                reason_without_path(here.error().message, listed.path)},
               true, false);
        continue;
      }
    }
    last_problem_ = base::printable_line(each.substr(0, end));
    if (found != waiting_.end()) {
      last_problem_ +=
          "; this computer can read it: share its folder with the cluster's computers";
    }
    progress_.clear();
    spdlog::warn("a task stopped: {}", last_problem_);
  }
  return {};
}

Result<void> SlurmBatch::give_back_of_dead(const std::vector<batch::Claim>& claims,
                                           const SlurmTasks& tasks) {
  for (const batch::Claim& each : claims) {
    if (!waiting_.contains(each.id)) continue;
    const auto task = tasks.at_work_by_id.find(each.owner.substr(0, each.owner.find('.')));
    if (task != tasks.at_work_by_id.end() && task->second) continue;
    somebody_died_ = true;
    given_back_.insert(each.id);
    if (auto moved = queue_->give_back_of_dead(each); !moved) return moved;
    if (each.attempt + 1 < kMostDeaths) continue;
    queue_->withdraw(each.id);
    finish(each.id,
           {"", "crash", fmt::format("the task that analysed it ended {} times", kMostDeaths)},
           true, false);
  }
  return {};
}

/// Looks once at the queue and at Slurm.
Result<void> SlurmBatch::look() {
  // Before Slurm is asked: a task that isn't there afterwards has ended since.
  const auto claims = queue_->claims();
  if (!claims) return claims.error();
  const auto tasks = jobs_.tasks();
  if (auto collected = collect(); !collected) return collected;
  if (auto said = say_problems(); !said) return said;
  if (!tasks) {
    if (!std::exchange(silent_, true) && !stop_requested()) {
      progress_.clear();
      spdlog::warn("Slurm doesn't answer; waiting for it: {}", tasks.error().message);
    }
    result_.state.tasks = "Slurm doesn't answer";
    return {};
  }
  silent_ = false;
  result_.state.tasks = tasks.value().summary();
  if (auto given = give_back_of_dead(claims.value(), tasks.value()); !given) return given;
  if (waiting_.empty() || stop_requested()) return {};
  if (tasks.value().none()) return submit_again();
  // Slurm lets the task of a dead computer wait two minutes before it starts again.
  if (somebody_died_ && tasks.value().all_wait_for("BeginTime")) return jobs_.cancel();
  return {};
}

void SlurmBatch::pause() {
  const auto elapsed = std::chrono::duration_cast<milliseconds>(Clock::now() - start_);
  const auto end =
      Clock::now() + std::clamp(elapsed / kPausesInElapsedTime, kShortestPause, kLongestPause);
  while (Clock::now() < end && !stop_requested()) {
    progress_.show(result_.state);
    std::this_thread::sleep_for(kProgressTick);
  }
}

Result<void> SlurmBatch::wait() {
  const auto tasks = jobs_.tasks();
  if (!tasks) return Error{ErrorKind::usage, "--slurm: " + tasks.error().message};
  if (!tasks.value().none()) {
    say("Slurm's tasks of an earlier command are still there; waiting for them");
    last_job_ = tasks.value().at_work_by_id.begin()->first;
    last_job_.erase(std::min(last_job_.find('_'), last_job_.size()));
    somebody_died_ = true;  // Whatever they have done, an array of this command's may do more.
  } else if (auto submitted = submit(); !submitted) {
    remove_queue();
    return submitted;
  }
  while (!waiting_.empty() && !stop_requested()) {
    if (auto looked = look(); !looked) return looked;
    if (!waiting_.empty()) pause();
  }
  return {};
}

/// Ends Slurm's tasks, which are of no use any more.
void SlurmBatch::cancel() {
  const auto cancelled = jobs_.cancel();
  result_.stopped = cancelled ? "Slurm's tasks are cancelled"
                              : fmt::format(
                                    "Slurm's tasks go on, because {}; end them with scancel "
                                    "--me --name={}",
                                    cancelled.error().message, job_name_);
}

void SlurmBatch::remove_queue() const {
  std::error_code ignored;
  fs::remove_all(queue_path_, ignored);
  fs::remove(queue_path_.parent_path(), ignored);
}

Result<SlurmOutcome> SlurmBatch::run() {
  if (auto planned = plan(); !planned) return planned.error();
  if (!waiting_.empty() && !stop_requested()) {
    if (auto filled = fill_queue(); !filled) return filled.error();
    auto waited = stop_requested() ? Result<void>() : wait();
    if (stop_requested() || waiting_.empty()) {
      cancel();
    }
    if (stop_requested()) {
      (void)collect();
      return std::move(result_);
    }
    if (!waited) return waited.error();
  }
  remove_queue();
  return std::move(result_);
}

}  // namespace

base::Result<SlurmOutcome> run_on_slurm(const SlurmRequest& request, const BatchFolder& folder,
                                        const std::vector<batch::ListedRecording>& recordings,
                                        const std::string& settings, int level, bool quiet) {
  return SlurmBatch(request, folder, recordings, settings, level, quiet).run();
}

}  // namespace matside::cli
