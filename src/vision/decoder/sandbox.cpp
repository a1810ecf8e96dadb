#include "vision/decoder/sandbox.h"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>

#include "vision/media/decoder_protocol.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define MATSIDE_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MATSIDE_SANITIZED 1
#endif

namespace matside::decoder {
namespace {

#ifdef MATSIDE_SANITIZED
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

constexpr int kFirstUnused = media::kMemoryDescriptor + 1;

void limit(int resource, rlim_t most) {
  const rlimit both{most, most};
  ::setrlimit(static_cast<__rlimit_resource_t>(resource), &both);
}

// Landlock by number: the headers of Debian 12 are older than many kernels that run it.
// @source linux/landlock.h; the numbers are the same on every architecture but alpha
constexpr long kCreateRuleset = 444;
constexpr long kRestrictSelf = 446;
constexpr unsigned kAskVersion = 1;

struct Ruleset {
  std::uint64_t files = 0;
  std::uint64_t network = 0;
  std::uint64_t scope = 0;
};

/// The lowest bits, as many.
constexpr std::uint64_t rights(int count) { return (std::uint64_t{1} << count) - 1; }

/// Everything that a kernel of that ABI can forbid.
Ruleset everything(int abi) {
  Ruleset ruleset;
  ruleset.files = rights(abi >= 5 ? 16 : abi >= 3 ? 15 : abi == 2 ? 14 : 13);
  if (abi >= 4) ruleset.network = rights(2);
  if (abi >= 6) ruleset.scope = rights(2);
  return ruleset;
}

/// Forbids what Landlock can. @returns its ABI; 0 when the kernel has none.
int restrict_by_landlock() {
  const long abi = ::syscall(kCreateRuleset, nullptr, std::size_t{0}, kAskVersion);
  if (abi < 1) return 0;
  const Ruleset ruleset = everything(static_cast<int>(abi));
  const std::size_t fields = abi >= 6 ? 3 : abi >= 4 ? 2 : 1;
  const long descriptor =
      ::syscall(kCreateRuleset, &ruleset, fields * sizeof(std::uint64_t), 0U);
  if (descriptor < 0) return 0;
  const long restricted = ::syscall(kRestrictSelf, descriptor, 0U);
  ::close(static_cast<int>(descriptor));
  return restricted == 0 ? static_cast<int>(abi) : 0;
}

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

template <class... Conditions>
bool allow(const Filter& filter, int call, Conditions... conditions) {
  if constexpr (sizeof...(conditions) == 0) {
    return seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) == 0;
  } else {
    return seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, sizeof...(conditions),
                            conditions...) == 0;
  }
}

// What computing and threads need, whatever the arguments.
constexpr std::array kAlwaysAllowed = {
    SCMP_SYS(brk),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(close),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(futex),
    SCMP_SYS(getpid),
    SCMP_SYS(getrandom),
    SCMP_SYS(gettid),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(madvise),
    SCMP_SYS(mremap),
    SCMP_SYS(munmap),
    SCMP_SYS(nanosleep),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(rseq),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sched_yield),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(setitimer),
};

/// A condition on an argument of a system call. The macros of libseccomp are C.
scmp_arg_cmp argument(unsigned number, scmp_compare comparison, std::uint64_t a,
                      std::uint64_t b = 0) {
  return {number, comparison, a, b};
}

/// A thread of this process, not a new process, and in no new namespace.
scmp_arg_cmp makes_a_thread() {
  constexpr std::uint64_t kThread =
      CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD;
  constexpr std::uint64_t kNamespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS |
                                        CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID |
                                        CLONE_NEWNET;
  return argument(0, SCMP_CMP_MASKED_EQ, kThread | kNamespaces, kThread);
}

/// Lets through what decoding needs; the rest fails with EPERM. @returns false where the kernel
/// has no seccomp.
bool restrict_by_seccomp() {
  const Filter filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)), &seccomp_release);
  if (!filter) return false;
  bool good =
      seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0;
  for (const int call : kAlwaysAllowed) good = allow(filter, call) && good;
  const auto not_executable = argument(2, SCMP_CMP_MASKED_EQ, PROT_EXEC);
  good = allow(filter, SCMP_SYS(mmap), not_executable) && good;
  good = allow(filter, SCMP_SYS(mprotect), not_executable) && good;
  const auto of_file = argument(0, SCMP_CMP_EQ, media::kFileDescriptor);
  good = allow(filter, SCMP_SYS(pread64), of_file) && good;
  const auto of_channel = argument(0, SCMP_CMP_EQ, media::kChannelDescriptor);
  const auto to_no_address = argument(4, SCMP_CMP_EQ, 0);
  good = allow(filter, SCMP_SYS(recvfrom), of_channel) && good;
  good = allow(filter, SCMP_SYS(sendto), of_channel, to_no_address) && good;
  good = allow(filter, SCMP_SYS(clone), makes_a_thread()) && good;
  // Its flags are in memory, where a filter can't see them; glibc then uses clone.
  good =
      seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 && good;
  return good && seccomp_load(filter.get()) == 0;
}

}  // namespace

void drop_descriptors() {
  const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // A sanitizer reports there.
    if (stream != STDERR_FILENO || !kSanitized) ::dup2(nothing, stream);
  }
  if (::syscall(SYS_close_range, kFirstUnused, ~0U, 0U) == 0) return;
  const long most = ::sysconf(_SC_OPEN_MAX);
  for (int descriptor = kFirstUnused; descriptor < most; ++descriptor) ::close(descriptor);
}

Confinement enter_sandbox(SandboxLayers layers) {
  Confinement confinement;
  confinement.sanitized = kSanitized;
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  limit(RLIMIT_CORE, 0);  // A core file would hold pictures.
  // Sanitizers reserve terabytes, read /proc, write reports and trace their own process.
  if (kSanitized) return confinement;
  if (layers.landlock) confinement.landlock_abi = restrict_by_landlock();
  if (layers.limits) {
    limit(RLIMIT_AS, kMaxAddressSpace_bytes);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, kFirstUnused);
  }
  if (layers.seccomp) confinement.seccomp = restrict_by_seccomp();
  return confinement;
}

}  // namespace matside::decoder
