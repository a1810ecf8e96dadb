#include "batch/work_queue.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <functional>
#include <string_view>
#include <system_error>
#include <utility>

#include "batch/result_key.h"
#include "files/input_file.h"

namespace matside::batch {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::size_t kId_digits = 32;
constexpr std::size_t kFolder_digits = 2;
constexpr std::size_t kLongestOwner = 100;
constexpr std::size_t kMaxItem_bytes = std::size_t{1} << 20;
constexpr int kMaxAttempt = 9;  // One digit.

Error queue_error(const fs::path& path, int error_number) {
  return {ErrorKind::output,
          path.string() + ": " + std::generic_category().message(error_number)};
}

bool is_owner(std::string_view text) {
  return !text.empty() && text.size() <= kLongestOwner &&
         std::ranges::all_of(text, [](unsigned char each) {
           return (each >= '0' && each <= '9') || (each >= 'a' && each <= 'z') ||
                  (each >= 'A' && each <= 'Z') || each == '_' || each == '.' || each == '-';
         });
}

/// The id and the attempt at the beginning of a file's name: `ID.ATTEMPT`.
std::optional<Claim> numbered_item(std::string_view name) {
  Claim item;
  if (name.size() < kId_digits + 2 || !is_result_key(name.substr(0, kId_digits)))
    return std::nullopt;
  const char digit = name[kId_digits + 1];
  if (name[kId_digits] != '.' || digit < '0' || digit > '9') return std::nullopt;
  item.id = name.substr(0, kId_digits);
  item.attempt = digit - '0';
  return item;
}

/// `ID.ATTEMPT.OWNER`
std::optional<Claim> taken_item(std::string_view name) {
  auto item = numbered_item(name);
  constexpr std::size_t kOwnerFrom = kId_digits + 3;
  if (!item || name.size() <= kOwnerFrom || name[kOwnerFrom - 1] != '.') return std::nullopt;
  const std::string_view owner = name.substr(kOwnerFrom);
  if (!is_owner(owner)) return std::nullopt;
  item->owner = owner;
  return item;
}

/// Names in a folder, without hidden ones; none if it isn't a folder.
Result<std::vector<std::string>> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code why;
  for (fs::directory_iterator at(folder, why), end; !why && at != end; at.increment(why)) {
    std::string name = at->path().filename().string();
    if (!name.starts_with('.')) names.push_back(std::move(name));
  }
  if (why && why != std::errc::no_such_file_or_directory && why != std::errc::not_a_directory) {
    return queue_error(folder, why.value());
  }
  return names;
}

/// A file that is new or replaces what a killed process left.
Result<void> write_new(const fs::path& path, std::string_view text, bool durably) {
  const int descriptor =
      ::open(path.c_str(),  // NOLINT(*-vararg)
             O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (descriptor < 0) return queue_error(path, errno);
  int failed = 0;
  const ssize_t written = ::write(descriptor, text.data(), text.size());
  if (written >= 0 && static_cast<std::size_t>(written) < text.size()) {
    failed = ENOSPC;
  } else if (written < 0 || (durably && ::fsync(descriptor) != 0)) {
    failed = errno;
  }
  // A file server may refuse what was written only now.
  if (::close(descriptor) != 0 && failed == 0) failed = errno;
  if (failed != 0) return queue_error(path, failed);
  return {};
}

/// Whether hard links are missing in the file system, rather than this link impossible.
bool has_no_links(int error_number) {
  return error_number == EPERM || error_number == ENOTSUP || error_number == ENOSYS ||
         error_number == EXDEV;
}

}  // namespace

base::Result<WorkQueue> WorkQueue::create(const std::filesystem::path& path) {
  for (const char* folder : {"todo", "taken", "done", "problems", "unfinished", "logs"}) {
    std::error_code why;
    fs::create_directories(path / folder, why);
    if (why) return queue_error(path / folder, why.value());
  }
  return WorkQueue(path);
}

base::Result<WorkQueue> WorkQueue::open(const std::filesystem::path& path) {
  std::error_code why;
  if (!fs::is_directory(path / "taken", why)) return queue_error(path, ENOENT);
  return WorkQueue(path);
}

fs::path WorkQueue::waiting_path(const std::string& id, int attempt) const {
  return path_ / "todo" / id.substr(0, kFolder_digits) / (id + "." + std::to_string(attempt));
}

fs::path WorkQueue::taken_path(const Claim& claim) const {
  return path_ / "taken" / (claim.id + "." + std::to_string(claim.attempt) + "." + claim.owner);
}

base::Result<void> WorkQueue::add(const std::string& id, const std::string& text) {
  std::error_code why;
  const fs::path target = waiting_path(id, 0);
  fs::create_directory(target.parent_path(), why);
  if (why) return queue_error(target.parent_path(), why.value());
  const fs::path unfinished = path_ / "unfinished" / ("add-" + id);
  if (auto written = write_new(unfinished, text, false); !written) return written;
  fs::rename(unfinished, target, why);
  if (why) return queue_error(target, why.value());
  return {};
}

base::Result<std::vector<WorkQueue::Waiting>> WorkQueue::waiting_in(
    const std::string& folder) const {
  const auto names = names_in(path_ / "todo" / folder);
  if (!names) return names.error();
  std::vector<Waiting> waiting;
  for (const std::string& name : names.value()) {
    const auto item = numbered_item(name);
    if (item && name.size() == kId_digits + 2) waiting.push_back({item->id, item->attempt});
  }
  return waiting;
}

base::Result<std::set<std::string>> WorkQueue::ids() const {
  std::set<std::string> all;
  // In the order in which items move, so that none is missed on its way.
  const auto folders = names_in(path_ / "todo");
  if (!folders) return folders.error();
  for (const std::string& folder : folders.value()) {
    const auto waiting = waiting_in(folder);
    if (!waiting) return waiting.error();
    for (const Waiting& each : waiting.value()) all.insert(each.id);
  }
  const auto taken = claims();
  if (!taken) return taken.error();
  for (const Claim& each : taken.value()) all.insert(each.id);
  const auto done = names_in(path_ / "done");
  if (!done) return done.error();
  for (const std::string& name : done.value()) {
    if (is_result_key(name)) all.insert(name);
  }
  return all;
}

base::Result<std::vector<QueueOutcome>> WorkQueue::outcomes() const {
  // A client of a file server remembers a folder's list for a minute, unless it has changed the
  // folder itself.
  const fs::path change = path_ / "done" / ".look";
  if (auto changed = write_new(change, "", false); !changed) return changed.error();
  ::unlink(change.c_str());
  const auto names = names_in(path_ / "done");
  if (!names) return names.error();
  std::vector<QueueOutcome> all;
  for (const std::string& name : names.value()) {
    if (!is_result_key(name)) continue;
    auto text = files::read_file(path_ / "done" / name, kMaxItem_bytes);
    if (text) all.push_back({name, std::move(text).value()});
  }
  return all;
}

void WorkQueue::remove_outcome(const std::string& id) {
  std::error_code ignored;
  fs::remove(path_ / "done" / id, ignored);
}

void WorkQueue::withdraw(const std::string& id) {
  std::error_code ignored;
  for (int attempt = 0; attempt <= kMaxAttempt; ++attempt) {
    fs::remove(waiting_path(id, attempt), ignored);
  }
}

base::Result<std::vector<Claim>> WorkQueue::claims() const {
  const auto names = names_in(path_ / "taken");
  if (!names) return names.error();
  std::vector<Claim> all;
  for (const std::string& name : names.value()) {
    if (auto item = taken_item(name)) all.push_back(std::move(*item));
  }
  return all;
}

base::Result<void> WorkQueue::move_back(const Claim& claim, int attempt) {
  std::error_code why;
  const fs::path target = waiting_path(claim.id, std::min(attempt, kMaxAttempt));
  fs::rename(taken_path(claim), target, why);
  // It isn't there any more: finished, or given back by another.
  if (why && why != std::errc::no_such_file_or_directory) {
    return queue_error(target, why.value());
  }
  return {};
}

base::Result<void> WorkQueue::give_back_of_dead(const Claim& claim) {
  return move_back(claim, claim.attempt + 1);
}

base::Result<void> WorkQueue::give_back(const Claim& claim) {
  return move_back(claim, claim.attempt);
}

base::Result<void> WorkQueue::give_back_all(const std::string& beginning_of_owner) {
  const auto taken = claims();
  if (!taken) return taken.error();
  for (const Claim& each : taken.value()) {
    if (!each.owner.starts_with(beginning_of_owner)) continue;
    if (auto moved = give_back_of_dead(each); !moved) return moved;
  }
  return {};
}

base::Result<std::vector<std::string>> WorkQueue::problems() const {
  const auto names = names_in(path_ / "problems");
  if (!names) return names.error();
  std::vector<std::string> all;
  for (const std::string& name : names.value()) {
    auto text = files::read_file(path_ / "problems" / name, kMaxItem_bytes);
    if (text && !text.value().empty()) all.push_back(std::move(text).value());
  }
  return all;
}

base::Result<bool> WorkQueue::claim(Claim& claim) {
  const fs::path mine = taken_path(claim);
  const fs::path waiting = waiting_path(claim.id, claim.attempt);
  std::error_code ignored;
  if (::rename(waiting.c_str(), mine.c_str()) != 0) {
    const int why = errno;
    if (why != ENOENT && why != ESTALE) return queue_error(waiting, why);
    // Another was faster. But where the server's answer was lost, the client asks again, and
    // the second answer is no.
    if (!fs::exists(mine, ignored)) return false;
  }
  if (fs::exists(path_ / "done" / claim.id, ignored)) {
    fs::remove(mine, ignored);
    return false;
  }
  auto text = files::read_file(mine, kMaxItem_bytes);
  if (!text) return false;
  claim.text = std::move(text).value();
  return true;
}

base::Result<std::optional<Claim>> WorkQueue::take(const std::string& owner) {
  bool all_over = false;
  while (true) {
    while (!candidates_.empty()) {
      Claim next;
      next.id = candidates_.back().id;
      next.attempt = candidates_.back().attempt;
      next.owner = owner;
      candidates_.pop_back();
      const auto claimed = claim(next);
      if (!claimed) return claimed.error();
      if (claimed.value()) return std::optional(std::move(next));
    }
    if (folders_.empty()) {
      if (all_over) return std::optional<Claim>();
      all_over = true;
      auto folders = names_in(path_ / "todo");
      if (!folders) return folders.error();
      folders_ = std::move(folders).value();
      // Each process begins elsewhere, so that few want the same item.
      std::ranges::sort(folders_);
      const std::size_t from = std::hash<std::string>()(owner) % (folders_.size() + 1);
      std::rotate(folders_.begin(), folders_.begin() + static_cast<std::ptrdiff_t>(from),
                  folders_.end());
      if (folders_.empty()) return std::optional<Claim>();
    }
    auto waiting = waiting_in(folders_.back());
    if (!waiting) return waiting.error();
    candidates_ = std::move(waiting).value();
    folders_.pop_back();
  }
}

base::Result<void> WorkQueue::finish(const Claim& claim, const std::string& text) {
  const fs::path target = path_ / "done" / claim.id;
  // In the same folder: some file systems link files only within one.
  const fs::path unfinished = path_ / "done" / ("." + claim.id + "." + claim.owner);
  if (auto written = write_new(unfinished, text, true); !written) return written;
  int failed = ::link(unfinished.c_str(), target.c_str()) == 0 ? 0 : errno;
  if (has_no_links(failed)) {
    failed = ::rename(unfinished.c_str(), target.c_str()) == 0 ? 0 : errno;
  }
  ::unlink(unfinished.c_str());
  if (failed != 0 && failed != EEXIST) return queue_error(target, failed);
  ::unlink(taken_path(claim).c_str());
  return {};
}

base::Result<void> WorkQueue::report(const std::string& owner, const std::string& problem) {
  const fs::path target = path_ / "problems" / owner;
  const fs::path unfinished = path_ / "problems" / ("." + owner);
  if (auto written = write_new(unfinished, problem, false); !written) return written;
  std::error_code why;
  fs::rename(unfinished, target, why);
  if (why) return queue_error(target, why.value());
  return {};
}

}  // namespace matside::batch
