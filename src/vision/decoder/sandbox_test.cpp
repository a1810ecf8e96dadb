// A process in the decoder's sandbox tries what a hostile file could make it do.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/support/media.h"
#include "vision/media/decoder_protocol.h"

namespace matside::decoder {
namespace {

namespace fs = std::filesystem;

/// A folder with a file to attack, in which the probe runs with the decoder's descriptors.
class Sandbox : public testing::Test {
 protected:
  void SetUp() override { std::ofstream(victim_) << "untouched"; }
  void TearDown() override {
    std::ifstream file(victim_);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "untouched");
    EXPECT_FALSE(fs::exists(victim_.parent_path() / "sandbox_probe_was_here"));
  }

  /// The error that the action ended with in the sandbox; 0 when it succeeded.
  [[nodiscard]] int attempt(const std::string& layers, const std::string& action) const {
    std::array<int, 2> ends{};
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    const int file = ::open(victim_.c_str(), O_RDWR | O_CLOEXEC);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    const std::array<int, 3> given{::fcntl(ends[1], F_DUPFD_CLOEXEC, 16),
                                   ::fcntl(file, F_DUPFD_CLOEXEC, 16),
                                   ::fcntl(file, F_DUPFD_CLOEXEC, 16)};
    posix_spawn_file_actions_adddup2(&actions, given[0], media::kChannelDescriptor);
    posix_spawn_file_actions_adddup2(&actions, given[1], media::kFileDescriptor);
    posix_spawn_file_actions_adddup2(&actions, given[2], media::kMemoryDescriptor);
    const std::string folder = victim_.parent_path().string();
    posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    std::string program = MATSIDE_SANDBOX_PROBE;
    std::string first = layers;
    std::string second = action;
    std::array<char*, 4> arguments{program.data(), first.data(), second.data(), nullptr};
    pid_t process = 0;
    EXPECT_EQ(
        ::posix_spawn(&process, program.c_str(), &actions, nullptr, arguments.data(), environ),
        0);
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    EXPECT_EQ(::waitpid(process, &status, 0), process);
    for (const int descriptor : {ends[0], ends[1], file, given[0], given[1], given[2]}) {
      ::close(descriptor);
    }
    EXPECT_TRUE(WIFEXITED(status)) << action << " ended by signal " << WTERMSIG(status);
    return WEXITSTATUS(status);
  }

  support::MediaFolder folder_;
  fs::path victim_ = folder_.path("victim");
};

// What a decoder has no need of.
const std::vector<std::string> kForbidden = {
    "open_existing",   "open_folder",     "open_own_memory", "create_file",
    "make_folder",     "remove_file",     "change_file",     "rename_file",
    "look_at_file",    "internet_socket", "local_socket",    "packet_socket",
    "pair_of_sockets", "fork_process",    "vfork_process",   "run_program",
    "run_descriptor",  "write_to_output", "write_to_file",   "write_at_file",
    "read_elsewhere",  "signal_parent",   "trace_parent",    "executable_memory",
    "new_namespace",   "duplicate",       "send_elsewhere",  "memory_made_executable",
};

TEST_F(Sandbox, the_probe_can_do_these_things_outside_the_sandbox) {
  for (const char* action :
       {"open_existing", "open_folder", "look_at_file", "internet_socket", "local_socket",
        "packet_socket", "pair_of_sockets", "fork_process", "clone3_process", "run_program",
        "write_to_output", "signal_parent", "executable_memory", "memory_made_executable",
        "duplicate", "much_memory"}) {
    EXPECT_EQ(attempt("none", action), 0) << action;
  }
}

TEST_F(Sandbox, everything_but_decoding_is_stopped) {
  for (const std::string& action : kForbidden) {
    EXPECT_EQ(attempt("all", action), EPERM) << action;
  }
  EXPECT_EQ(attempt("all", "clone3_process"), ENOSYS);
  EXPECT_EQ(attempt("all", "much_memory"), ENOMEM);
}

TEST_F(Sandbox, what_decoding_needs_still_works) {
  for (const char* action : {"start_thread", "read_given_file", "send_to_channel"}) {
    EXPECT_EQ(attempt("all", action), 0) << action;
  }
}

TEST_F(Sandbox, the_filter_holds_without_the_other_layers) {
  for (const std::string& action : kForbidden) {
    EXPECT_EQ(attempt("seccomp", action), EPERM) << action;
  }
}

TEST_F(Sandbox, landlock_keeps_files_closed_without_the_filter) {
  for (const char* action : {"open_existing", "open_folder", "create_file", "make_folder",
                             "remove_file", "rename_file", "run_program"}) {
    EXPECT_EQ(attempt("landlock", action), EACCES) << action;
  }
}

TEST_F(Sandbox, the_limits_hold_without_the_filter) {
  for (const char* action :
       {"open_existing", "internet_socket", "pair_of_sockets", "duplicate"}) {
    EXPECT_EQ(attempt("limits", action), EMFILE) << action;
  }
  EXPECT_EQ(attempt("limits", "much_memory"), ENOMEM);
}

}  // namespace
}  // namespace matside::decoder
