#include "vision/video/decoder_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <ctime>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace matside::video {
namespace {

namespace fs = std::filesystem;
using media::Channel;
using media::Message;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr const char* kProgram = "libexec/matside/matside-decoder";
// How long a request to stop may go unnoticed.
constexpr milliseconds kTick{50};
// How long the process may take to read a message.
constexpr timeval kSendPatience{.tv_sec = 5, .tv_usec = 0};
// Above the numbers that descriptors are moved to in the process.
constexpr int kOutOfTheWay = 16;

/// A descriptor, closed with this object.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close_now(); }
  [[nodiscard]] int number() const { return number_; }
  void close_now() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

/// Lets memory be larger than this process's soft limit of file sizes, for which it counts.
class WithoutFileLimit {
 public:
  WithoutFileLimit() {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit most{before_.rlim_max, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &most);
  }
  WithoutFileLimit(const WithoutFileLimit&) = delete;
  WithoutFileLimit& operator=(const WithoutFileLimit&) = delete;
  ~WithoutFileLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

base::Error cannot_start(int error) {
  return {base::ErrorKind::model,
          "the video decoder cannot be started: " + std::generic_category().message(error)};
}

base::Error other_version(const fs::path& program) {
  return {base::ErrorKind::model, program.string() +
                                      ": belongs to another version of Matside, or is damaged. "
                                      "Reinstall Matside, or build all of it"};
}

/// Starts the program with the three descriptors, in a process group of its own, so that Ctrl-C
/// reaches the program alone.
int spawn_decoder(const fs::path& program, std::array<int, 3> descriptors, pid_t& process) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, descriptors[0], media::kChannelDescriptor);
  posix_spawn_file_actions_adddup2(&actions, descriptors[1], media::kFileDescriptor);
  posix_spawn_file_actions_adddup2(&actions, descriptors[2], media::kMemoryDescriptor);
  sigset_t none;
  sigset_t all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::string name = program.filename().string();
  std::array<char*, 2> arguments{name.data(), nullptr};
  const int error = ::posix_spawn(&process, program.c_str(), &actions, &attributes,
                                  arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

}  // namespace

base::Result<fs::path> decoder_program() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  const fs::path installed = self.parent_path().parent_path() / kProgram;
  if (fs::is_regular_file(installed, error)) return installed;
  // Tests and tools are deeper in the build folder.
  fs::path folder = self.parent_path();
  while (folder.has_relative_path() && !fs::exists(folder / "CMakeCache.txt", error)) {
    folder = folder.parent_path();
  }
  const fs::path built = folder / kProgram;
  if (folder.has_relative_path() && fs::is_regular_file(built, error)) return built;
  return base::Error{base::ErrorKind::model,
                     installed.string() +
                         ": no such file; videos cannot be read without it. Reinstall "
                         "Matside, or build all of it"};
}

base::Result<std::unique_ptr<DecoderProcess>> DecoderProcess::start(
    const media::FileSource& file, DecodingLimits limits) {
  auto program = decoder_program();
  if (!program) return program.error();
  std::array<int, 2> ends{-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return cannot_start(errno);
  }
  Descriptor ours(ends[0]);
  Descriptor theirs(ends[1]);
  ::setsockopt(ours.number(), SOL_SOCKET, SO_SNDTIMEO, &kSendPatience, sizeof kSendPatience);
  Descriptor memory(::memfd_create("matside-pictures", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  Descriptor socket(::fcntl(theirs.number(), F_DUPFD_CLOEXEC, kOutOfTheWay));
  const Descriptor media(::fcntl(file.descriptor(), F_DUPFD_CLOEXEC, kOutOfTheWay));
  const Descriptor shared(::fcntl(memory.number(), F_DUPFD_CLOEXEC, kOutOfTheWay));
  if (socket.number() < 0 || media.number() < 0 || shared.number() < 0) {
    return cannot_start(errno);
  }
  pid_t process = 0;
  const int error = spawn_decoder(program.value(),
                                  {socket.number(), media.number(), shared.number()}, process);
  if (error != 0) return cannot_start(error);
  // So that the channel closes when the process ends.
  theirs.close_now();
  socket.close_now();
  std::unique_ptr<DecoderProcess> started(
      new DecoderProcess(process, ours.release(), memory.release()));
  if (!started->await_ready()) return other_version(program.value());
  started->limits_ = limits;
  return started;
}

base::Result<std::unique_ptr<DecoderProcess>> DecoderProcess::start_without_file(
    DecodingLimits limits) {
  return start(media::FileSource::from_descriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC), 1),
               limits);
}

DecoderProcess::~DecoderProcess() {
  ::kill(process_, SIGKILL);
  while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
  ::close(memory_);
}

bool DecoderProcess::await_ready() {
  Message message;
  if (receive(message, nullptr) != Outcome::message) return false;
  const auto ready = message.as<media::ReadyMessage>();
  if (message.kind != media::message_kind::ready || !ready ||
      ready->protocol != media::kProtocolVersion) {
    return false;
  }
  ready_ = *ready;
  return true;
}

std::shared_ptr<const std::uint8_t> DecoderProcess::share_memory(std::size_t bytes) {
  // Sealed, so that the decoder cannot shorten it under this process's reads.
  constexpr int kForGood = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
  struct stat status {};
  const WithoutFileLimit unlimited;
  if (::ftruncate(memory_, static_cast<off_t>(bytes)) != 0 ||
      ::fcntl(memory_, F_ADD_SEALS, kForGood) != 0 || ::fstat(memory_, &status) != 0 ||
      status.st_size != static_cast<off_t>(bytes)) {
    return nullptr;
  }
  void* mapped = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, memory_, 0);
  if (mapped == MAP_FAILED) return nullptr;
  return {static_cast<std::uint8_t*>(mapped),
          [bytes](std::uint8_t* memory) { ::munmap(memory, bytes); }};
}

void DecoderProcess::end() {
  // Reaped by the destructor, so that the number stays this process's.
  ::kill(process_, SIGKILL);
  ended_ = true;
}

std::chrono::nanoseconds DecoderProcess::processor_time() const {
  clockid_t clock = 0;
  timespec used{};
  if (::clock_getcpuclockid(process_, &clock) != 0 || ::clock_gettime(clock, &used) != 0) {
    return std::chrono::nanoseconds(0);
  }
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

DecoderProcess::Outcome DecoderProcess::receive(Message& message,
                                                const std::atomic<bool>* stop) {
  auto silent_since = steady_clock::now();
  auto used_before = processor_time();
  while (!ended_) {
    if (stop != nullptr && *stop) return Outcome::stopped;
    const auto received = channel_.receive(message, kTick);
    if (received == Channel::Outcome::message) {
      if (message.kind != media::message_kind::alive) return Outcome::message;
      silent_since = steady_clock::now();
      used_before = processor_time();
    } else if (received == Channel::Outcome::closed ||
               steady_clock::now() - silent_since > limits_.silence ||
               processor_time() - used_before > limits_.processor_time) {
      end();
    }
  }
  return Outcome::dead;
}

base::Result<media::ReadyMessage> decoder_sandbox() {
  auto process = DecoderProcess::start_without_file({});
  if (!process) return process.error();
  return process.value()->ready();
}

std::string describe_sandbox(const media::ReadyMessage& ready) {
  if (ready.sanitized != 0) return "relaxed, because this build uses sanitizers";
  const std::string landlock = ready.landlock_abi > 0
                                   ? "Landlock " + std::to_string(ready.landlock_abi)
                                   : "no Landlock in this kernel";
  if (ready.seccomp != 0) return "seccomp, " + landlock;
  return "none: this kernel has no seccomp (" + landlock + "); open only videos that you trust";
}

std::string printable(std::span<const std::uint8_t> text) {
  constexpr std::size_t kMost = 400;
  constexpr std::uint8_t kFirstPrintable = 0x20;
  constexpr std::uint8_t kLastPrintable = 0x7E;
  std::string line;
  for (const std::uint8_t byte : text.first(std::min(text.size(), kMost))) {
    const bool good = byte >= kFirstPrintable && byte <= kLastPrintable;
    line += good ? static_cast<char>(byte) : '?';
  }
  return line;
}

}  // namespace matside::video
