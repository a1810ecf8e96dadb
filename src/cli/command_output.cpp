#include "cli/command_output.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <system_error>
#include <utility>

#include "cli/output_file.h"

namespace matside::cli {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostOutput_bytes = std::size_t{64} << 20;

/// Both ends of a pipe, closed at the end.
class Pipe {
 public:
  Pipe() { made_ = ::pipe2(ends_.data(), O_CLOEXEC) == 0; }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close(0);
    close(1);
  }
  [[nodiscard]] bool made() const { return made_; }
  [[nodiscard]] int end(std::size_t which) const { return ends_[which]; }
  void close(std::size_t which) {
    if (ends_[which] >= 0) ::close(std::exchange(ends_[which], -1));
  }

 private:
  std::array<int, 2> ends_{-1, -1};
  bool made_ = false;
};

Result<pid_t> start_command(std::vector<std::string> words, const Pipe& input,
                            const Pipe& output, const Pipe& errors) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input.end(0), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output.end(1), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors.end(1), STDERR_FILENO);
  pid_t process = 0;
  const int failed =
      posix_spawnp(&process, arguments.front(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed == ENOENT) return Error{ErrorKind::not_found, words.front() + ": is missing"};
  if (failed != 0) {
    return Error{ErrorKind::output, words.front() + ": cannot be started: " +
                                        std::generic_category().message(failed)};
  }
  return process;
}

/// Appends what can be read. @returns false at the end
bool take_some(int descriptor, std::string& text) {
  std::array<char, 65536> piece{};
  const ssize_t got = ::read(descriptor, piece.data(), piece.size());
  if (got < 0) return errno == EINTR;
  text.append(piece.data(), static_cast<std::size_t>(got));
  return got > 0 && text.size() <= kMostOutput_bytes;
}

/// Reads both to their ends. @returns false if that takes too long
bool take_both(Pipe& output, Pipe& errors, CommandOutput& result, Clock::time_point end) {
  while (output.end(0) >= 0 || errors.end(0) >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    std::array<pollfd, 2> both{{{output.end(0), POLLIN, 0}, {errors.end(0), POLLIN, 0}}};
    if (left.count() <= 0) return false;
    if (::poll(both.data(), both.size(), static_cast<int>(left.count())) < 0 &&
        errno != EINTR) {
      return false;
    }
    if (both[0].revents != 0 && !take_some(output.end(0), result.output)) output.close(0);
    if (both[1].revents != 0 && !take_some(errors.end(0), result.errors)) errors.close(0);
  }
  return true;
}

}  // namespace

base::Result<CommandOutput> run_command(const std::vector<std::string>& words,
                                        const std::string& input, std::chrono::seconds most) {
  Pipe to;
  Pipe output;
  Pipe errors;
  if (!to.made() || !output.made() || !errors.made()) {
    return Error{ErrorKind::output, words.front() + ": cannot be started: " +
                                        std::generic_category().message(errno)};
  }
  const auto process = start_command(words, to, output, errors);
  if (!process) return process.error();
  to.close(0);
  output.close(1);
  errors.close(1);
  (void)write_all(to.end(1), input);
  to.close(1);
  CommandOutput result;
  const bool in_time = take_both(output, errors, result, Clock::now() + most);
  if (!in_time) ::kill(process.value(), SIGKILL);
  int status = 0;
  while (::waitpid(process.value(), &status, 0) < 0 && errno == EINTR) {
  }
  result.exit_code = in_time && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return result;
}

}  // namespace matside::cli
