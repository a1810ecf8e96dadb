#include "cli/worker_pool.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include "cli/interrupt.h"
#include "cli/output_file.h"

namespace matside::cli {
namespace {

using base::Result;

// A line is a path and a few numbers, an answer also a message.
constexpr std::size_t kLongestLine_bytes = std::size_t{1} << 20;

base::Error pool_error(const std::string& what) {
  return {base::ErrorKind::output, "cannot start a worker process: " + what + ": " +
                                       std::generic_category().message(errno)};
}

/// Reads into `pending` until it has a line. @returns nothing at the end
std::optional<std::string> next_line(int descriptor, std::string& pending) {
  std::array<char, 65536> piece{};
  while (true) {
    if (const std::size_t end = pending.find('\n'); end != std::string::npos) {
      std::string line = pending.substr(0, end);
      pending.erase(0, end + 1);
      return line;
    }
    if (pending.size() > kLongestLine_bytes) return std::nullopt;
    const ssize_t got = ::read(descriptor, piece.data(), piece.size());
    if (got < 0 && errno == EINTR && !stop_requested()) continue;
    if (got <= 0) return std::nullopt;
    pending.append(piece.data(), static_cast<std::size_t>(got));
  }
}

/// What a worker process does until there are no more lines.
[[noreturn]] void serve_lines(int input, int output, const WorkerPool::Work& work) {
  std::string pending;
  while (const auto line = next_line(input, pending)) {
    std::string answer = work(*line);
    answer += '\n';
    if (write_all(output, answer) != 0) break;
  }
  // Nothing of the parent's is flushed or removed by its child.
  ::_exit(0);
}

std::string end_text(int status) {
  if (WIFSIGNALED(status)) return "signal " + std::to_string(WTERMSIG(status));
  return "exit code " + std::to_string(WEXITSTATUS(status));
}

void close_both(std::array<int, 2>& pipe) {
  for (int& each : pipe) {
    if (each >= 0) ::close(std::exchange(each, -1));
  }
}

}  // namespace

base::Result<WorkerPool> WorkerPool::start(std::size_t count, Work work) {
  WorkerPool pool(std::move(work));
  for (std::size_t i = 0; i < count; ++i) {
    auto worker = pool.start_one();
    if (!worker) return worker.error();
    pool.workers_.push_back(std::move(worker).value());
  }
  return pool;
}

WorkerPool::WorkerPool(WorkerPool&& other) noexcept
    : work_(std::move(other.work_)), workers_(std::exchange(other.workers_, {})) {}

WorkerPool::~WorkerPool() {
  for (const Worker& each : workers_) {
    if (each.process > 0) ::kill(each.process, SIGTERM);
    if (each.input >= 0) ::close(each.input);
    if (each.output >= 0) ::close(each.output);
  }
  for (const Worker& each : workers_) {
    if (each.process > 0) ::waitpid(each.process, nullptr, 0);
  }
}

base::Result<WorkerPool::Worker> WorkerPool::start_one() {
  std::array<int, 2> lines{-1, -1};
  std::array<int, 2> answers{-1, -1};
  if (::pipe2(lines.data(), O_CLOEXEC) != 0 || ::pipe2(answers.data(), O_CLOEXEC) != 0) {
    close_both(lines);
    return pool_error("pipe");
  }
  const pid_t parent = ::getpid();
  const pid_t process = ::fork();
  if (process < 0) {
    close_both(lines);
    close_both(answers);
    return pool_error("fork");
  }
  if (process == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // NOLINT(*-vararg)
    if (::getppid() != parent) ::_exit(0);
    ::close(lines[1]);
    ::close(answers[0]);
    // Another worker's pipes would stay open as long as this one lives.
    for (const Worker& other : workers_) {
      if (other.input >= 0) ::close(other.input);
      if (other.output >= 0) ::close(other.output);
    }
    serve_lines(lines[0], answers[1], work_);
  }
  ::close(lines[0]);
  ::close(answers[1]);
  return Worker{process, lines[1], answers[0], {}};
}

void WorkerPool::give(std::size_t worker, const std::string& line) {
  // A failure shows as the end of its answers.
  (void)write_all(workers_[worker].input, line + "\n");
}

WorkerPool::Event WorkerPool::ended(std::size_t index) {
  Worker& worker = workers_[index];
  ::close(std::exchange(worker.input, -1));
  ::close(std::exchange(worker.output, -1));
  int status = 0;
  while (::waitpid(worker.process, &status, 0) < 0 && errno == EINTR) {
  }
  worker.process = -1;
  return {index, std::nullopt, end_text(status)};
}

std::optional<WorkerPool::Event> WorkerPool::wait(std::chrono::milliseconds most) {
  std::vector<pollfd> all;
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < workers_.size(); ++i) {
    if (workers_[i].output < 0) continue;
    all.push_back({workers_[i].output, POLLIN, 0});
    indices.push_back(i);
  }
  if (::poll(all.data(), all.size(), static_cast<int>(most.count())) <= 0) return std::nullopt;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].revents == 0) continue;
    Worker& worker = workers_[indices[i]];
    if (auto line = next_line(worker.output, worker.pending)) {
      return Event{indices[i], std::move(line), {}};
    }
    if (stop_requested() && errno == EINTR) return std::nullopt;
    return ended(indices[i]);
  }
  return std::nullopt;
}

base::Result<void> WorkerPool::restart(std::size_t worker) {
  auto started = start_one();
  if (!started) return started.error();
  workers_[worker] = std::move(started).value();
  return {};
}

}  // namespace matside::cli
