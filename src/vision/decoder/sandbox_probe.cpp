// Enters the decoder's sandbox and tries one forbidden thing. A process in the sandbox can't
// write, so its exit code tells: the error number, or 0 when it succeeded.
//
//   sandbox_probe LAYERS ACTION     LAYERS: all, seccomp, landlock or limits
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <string>

#include "vision/decoder/sandbox.h"
#include "vision/media/decoder_protocol.h"

namespace {

using namespace matside;  // NOLINT(google-build-using-namespace)

constexpr int kNoSuchAction = 200;
constexpr int kNotSeen = 201;

/// 0 when the call succeeded, else its error.
int outcome(long result) { return result < 0 ? errno : 0; }

int open_existing() { return outcome(::open("/etc/hostname", O_RDONLY)); }
int open_folder() { return outcome(::open("/", O_RDONLY | O_DIRECTORY)); }
int open_own_memory() { return outcome(::open("/proc/self/mem", O_RDWR)); }
int create_file() {
  return outcome(::open("sandbox_probe_was_here", O_CREAT | O_WRONLY, 0600));
}
int make_folder() { return outcome(::mkdir("sandbox_probe_was_here", 0700)); }
int remove_file() { return outcome(::unlink("victim")); }
int change_file() { return outcome(::truncate("victim", 0)); }
int rename_file() { return outcome(::rename("victim", "stolen")); }
int look_at_file() {
  struct stat status {};
  return outcome(::stat("/etc/hostname", &status));
}
int internet_socket() { return outcome(::socket(AF_INET, SOCK_STREAM, 0)); }
int local_socket() { return outcome(::socket(AF_UNIX, SOCK_STREAM, 0)); }
int packet_socket() { return outcome(::socket(AF_INET, SOCK_DGRAM, 0)); }
int pair_of_sockets() {
  int ends[2];
  return outcome(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
}
int fork_process() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  return outcome(child);
}
int vfork_process() {
  return outcome(::syscall(SYS_clone, CLONE_VM | CLONE_VFORK | SIGCHLD, 0));
}
int clone3_process() {
  std::uint64_t arguments[11] = {};
  arguments[4] = SIGCHLD;
  const long child = ::syscall(SYS_clone3, arguments, sizeof arguments);
  if (child == 0) ::_exit(0);
  return outcome(child);
}
int run_program() {
  char name[] = "/bin/true";
  char* arguments[] = {name, nullptr};
  return outcome(::execve(name, arguments, nullptr));
}
int run_descriptor() {
  char* arguments[] = {nullptr};
  return outcome(
      ::syscall(SYS_execveat, media::kFileDescriptor, "", arguments, nullptr, 0x1000));
}
int write_to_output() { return outcome(::write(STDOUT_FILENO, "x", 1)); }
int write_to_file() { return outcome(::write(media::kFileDescriptor, "x", 1)); }
int write_at_file() { return outcome(::pwrite(media::kFileDescriptor, "x", 1, 0)); }
int read_elsewhere() {
  char byte = 0;
  return outcome(::pread(STDIN_FILENO, &byte, 1, 0));
}
int signal_parent() { return outcome(::kill(::getppid(), 0)); }
int trace_parent() { return outcome(::ptrace(PTRACE_ATTACH, ::getppid(), nullptr, nullptr)); }
int executable_memory() {
  void* memory = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? errno : 0;
}
int memory_made_executable() {
  void* memory =
      ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return outcome(::mprotect(memory, 4096, PROT_READ | PROT_EXEC));
}
int much_memory() {
  void* memory = ::mmap(nullptr, std::size_t{5} << 30, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return memory == MAP_FAILED ? errno : 0;
}
int new_namespace() { return outcome(::unshare(CLONE_NEWUSER)); }
int duplicate() { return outcome(::dup(STDIN_FILENO)); }
int send_elsewhere() {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strcpy(address.sun_path, "victim");
  return outcome(::sendto(media::kChannelDescriptor, "x", 1, MSG_NOSIGNAL,
                          reinterpret_cast<sockaddr*>(&address), sizeof address));
}

// What must still work.
int start_thread() {
  pthread_t thread{};
  int seen = kNotSeen;
  const auto run = [](void* into) -> void* {
    *static_cast<int*>(into) = 0;
    return nullptr;
  };
  if (const int error = ::pthread_create(&thread, nullptr, run, &seen); error != 0)
    return error;
  ::pthread_join(thread, nullptr);
  return seen;
}
int read_given_file() {
  char byte = 0;
  return outcome(::pread(media::kFileDescriptor, &byte, 1, 0));
}
int send_to_channel() {
  return outcome(::send(media::kChannelDescriptor, "x", 1, MSG_NOSIGNAL));
}

const std::map<std::string, std::function<int()>> kActions = {
    {"open_existing", open_existing},
    {"open_folder", open_folder},
    {"open_own_memory", open_own_memory},
    {"create_file", create_file},
    {"make_folder", make_folder},
    {"remove_file", remove_file},
    {"change_file", change_file},
    {"rename_file", rename_file},
    {"look_at_file", look_at_file},
    {"internet_socket", internet_socket},
    {"local_socket", local_socket},
    {"packet_socket", packet_socket},
    {"pair_of_sockets", pair_of_sockets},
    {"fork_process", fork_process},
    {"vfork_process", vfork_process},
    {"clone3_process", clone3_process},
    {"run_program", run_program},
    {"run_descriptor", run_descriptor},
    {"write_to_output", write_to_output},
    {"write_to_file", write_to_file},
    {"write_at_file", write_at_file},
    {"read_elsewhere", read_elsewhere},
    {"signal_parent", signal_parent},
    {"trace_parent", trace_parent},
    {"executable_memory", executable_memory},
    {"memory_made_executable", memory_made_executable},
    {"much_memory", much_memory},
    {"new_namespace", new_namespace},
    {"duplicate", duplicate},
    {"send_elsewhere", send_elsewhere},
    {"start_thread", start_thread},
    {"read_given_file", read_given_file},
    {"send_to_channel", send_to_channel},
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return kNoSuchAction;
  const std::string layers = arguments[1];
  const auto action = kActions.find(arguments[2]);
  if (action == kActions.end()) return kNoSuchAction;
  const bool all = layers == "all";
  const decoder::Confinement confinement =
      decoder::enter_sandbox({.seccomp = all || layers == "seccomp",
                              .landlock = all || layers == "landlock",
                              .limits = all || layers == "limits"});
  if (layers == "seccomp" && !confinement.seccomp) return kNotSeen;
  if (layers == "landlock" && confinement.landlock_abi == 0) return kNotSeen;
  ::_exit(action->second());
}
