#include "tests/records/system_calls.h"

#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace matside::records_test {
namespace {

Fault fault = Fault::none;
int fatal_call = 0;
int calls = 0;
std::filesystem::path limited_folder;
std::uintmax_t most_bytes = 0;

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

/// Counts a call, and kills the process if it is the one. @returns whether half of it is done
bool enter() {
  const bool kills = fault == Fault::kill || fault == Fault::kill_inside;
  if (!kills || ++calls != fatal_call) return false;
  if (fault == Fault::kill) ::raise(SIGKILL);
  return true;
}

std::uintmax_t bytes_in(const std::filesystem::path& folder) {
  std::uintmax_t sum = 0;
  std::error_code gone;
  for (const auto& entry : std::filesystem::directory_iterator(folder, gone)) {
    const std::uintmax_t size = entry.is_regular_file(gone) ? entry.file_size(gone) : 0;
    if (!gone) sum += size;
  }
  return sum;
}

/// Whether the disk has no room for writing up to `end` of a file.
bool refused(int file, off_t end) {
  struct stat status {};
  if (limited_folder.empty() || ::fstat(file, &status) != 0 || !S_ISREG(status.st_mode) ||
      end <= status.st_size) {
    return false;
  }
  std::error_code unknown;
  const auto path =
      std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file), unknown);
  return path.parent_path() == limited_folder &&
         bytes_in(limited_folder) + static_cast<std::uintmax_t>(end - status.st_size) >
             most_bytes;
}

ssize_t no_space() {
  errno = ENOSPC;
  return -1;
}

}  // namespace

void inject(Fault what, int at) {
  fault = what;
  fatal_call = at;
  calls = 0;
}

LimitedDisk::LimitedDisk(const std::string& folder, std::uintmax_t free_bytes) {
  most_bytes = bytes_in(folder) + free_bytes;
  limited_folder = std::filesystem::canonical(folder);
}
LimitedDisk::~LimitedDisk() { limited_folder.clear(); }

}  // namespace matside::records_test

#define MATSIDE_STAND_IN extern "C" __attribute__((visibility("default")))

using namespace matside::records_test;  // NOLINT(google-build-using-namespace)

MATSIDE_STAND_IN ssize_t write(int file, const void* bytes, size_t count) {
  static auto* const real = next<ssize_t(int, const void*, size_t)>("write");
  if (refused(file, ::lseek(file, 0, SEEK_CUR) + static_cast<off_t>(count))) return no_space();
  if (enter()) {
    (void)real(file, bytes, count / 2);
    ::raise(SIGKILL);
  }
  return real(file, bytes, count);
}

MATSIDE_STAND_IN ssize_t pwrite(int file, const void* bytes, size_t count, off_t offset) {
  static auto* const real = next<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  if (refused(file, offset + static_cast<off_t>(count))) return no_space();
  if (enter()) {
    (void)real(file, bytes, count / 2, offset);
    ::raise(SIGKILL);
  }
  return real(file, bytes, count, offset);
}
MATSIDE_STAND_IN ssize_t pwrite64(int file, const void* bytes, size_t count, off64_t offset) {
  return pwrite(file, bytes, count, offset);
}

MATSIDE_STAND_IN int ftruncate(int file, off_t length) noexcept {
  static auto* const real = next<int(int, off_t)>("ftruncate");
  if (enter()) ::raise(SIGKILL);
  return real(file, length);
}
MATSIDE_STAND_IN int ftruncate64(int file, off64_t length) noexcept {
  return ftruncate(file, length);
}

MATSIDE_STAND_IN int fsync(int /*file*/) {
  if (enter()) ::raise(SIGKILL);
  return 0;
}
MATSIDE_STAND_IN int fdatasync(int file) { return fsync(file); }

MATSIDE_STAND_IN int rename(const char* from, const char* to) noexcept {
  static auto* const real = next<int(const char*, const char*)>("rename");
  if (enter()) ::raise(SIGKILL);
  return real(from, to);
}

MATSIDE_STAND_IN int unlink(const char* file) noexcept {
  static auto* const real = next<int(const char*)>("unlink");
  if (enter()) ::raise(SIGKILL);
  return real(file);
}
