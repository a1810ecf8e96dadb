// SQLite's files, locks, time and randomness in a browser. One module has all files for itself,
// so locks only keep its own connections apart.
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

#include "records/sqlite/browser/page_files.h"

namespace {

constexpr int kLongestName = 512;
constexpr int kSector_bytes = 4096;

/// What one connection has open, as SQLite allocates it.
struct OpenFile {
  sqlite3_file base;  ///< First, as SQLite expects.
  std::int32_t handle;
  bool removed_when_closed;
  int lock;  ///< From SQLITE_LOCK_NONE to SQLITE_LOCK_EXCLUSIVE.
  std::array<char, kLongestName + 1> name;
};

/// The databases that are open; logs and journals aren't locked.
std::vector<OpenFile*>& databases() {
  static std::vector<OpenFile*> all;
  return all;
}

OpenFile& of(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file); }

int code_of(PageFileStatus status, int failure) {
  if (status == PageFileStatus::ok) return SQLITE_OK;
  return status == PageFileStatus::full ? SQLITE_FULL : failure;
}

int close_file(sqlite3_file* file) {
  OpenFile& open = of(file);
  page_file_close(open.handle);
  if (open.removed_when_closed) {
    page_file_remove(open.name.data(),
                     static_cast<std::uint32_t>(std::strlen(open.name.data())));
  }
  std::erase(databases(), &open);
  return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* to, int count, sqlite3_int64 offset) {
  const auto got = page_file_read(of(file).handle, to, static_cast<std::uint32_t>(count),
                                  static_cast<double>(offset));
  if (got < 0) return SQLITE_IOERR_READ;
  if (got == count) return SQLITE_OK;
  std::memset(static_cast<char*>(to) + got, 0, static_cast<std::size_t>(count - got));
  return SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset) {
  return code_of(page_file_write(of(file).handle, from, static_cast<std::uint32_t>(count),
                                 static_cast<double>(offset)),
                 SQLITE_IOERR_WRITE);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  return code_of(page_file_truncate(of(file).handle, static_cast<double>(size)),
                 SQLITE_IOERR_TRUNCATE);
}

int sync_file(sqlite3_file* file, int /*flags*/) {
  return code_of(page_file_sync(of(file).handle), SQLITE_IOERR_FSYNC);
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(page_file_size(of(file).handle));
  return SQLITE_OK;
}

/// The highest lock that another connection has on the same database.
int others_lock(const OpenFile& open) {
  int highest = SQLITE_LOCK_NONE;
  for (const OpenFile* each : databases()) {
    const bool other = each != &open && std::strcmp(each->name.data(), open.name.data()) == 0;
    if (other) highest = std::max(highest, each->lock);
  }
  return highest;
}

int lock_file(sqlite3_file* file, int lock) {
  OpenFile& open = of(file);
  if (open.lock >= lock) return SQLITE_OK;
  const int others = others_lock(open);
  const bool refused = lock == SQLITE_LOCK_SHARED     ? others >= SQLITE_LOCK_PENDING
                       : lock == SQLITE_LOCK_RESERVED ? others >= SQLITE_LOCK_RESERVED
                                                      : others > SQLITE_LOCK_NONE;
  if (!refused) {
    open.lock = lock;
    return SQLITE_OK;
  }
  // Readers finish, and no new one begins.
  if (lock == SQLITE_LOCK_EXCLUSIVE && others == SQLITE_LOCK_SHARED) {
    open.lock = SQLITE_LOCK_PENDING;
  }
  return SQLITE_BUSY;
}

int unlock_file(sqlite3_file* file, int lock) {
  of(file).lock = std::min(of(file).lock, lock);
  return SQLITE_OK;
}

int is_reserved(sqlite3_file* file, int* reserved) {
  const int lock = std::max(of(file).lock, others_lock(of(file)));
  *reserved = lock >= SQLITE_LOCK_RESERVED ? 1 : 0;
  return SQLITE_OK;
}

int control_file(sqlite3_file* /*file*/, int /*operation*/, void* /*argument*/) {
  return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file* /*file*/) { return kSector_bytes; }
int characteristics(sqlite3_file* /*file*/) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

constexpr sqlite3_io_methods kMethods = [] {
  sqlite3_io_methods methods{};
  methods.iVersion = 1;  // no shared memory: the log's index is in the connection's memory
  methods.xClose = close_file;
  methods.xRead = read_file;
  methods.xWrite = write_file;
  methods.xTruncate = truncate_file;
  methods.xSync = sync_file;
  methods.xFileSize = size_of_file;
  methods.xLock = lock_file;
  methods.xUnlock = unlock_file;
  methods.xCheckReservedLock = is_reserved;
  methods.xFileControl = control_file;
  methods.xSectorSize = sector_size;
  methods.xDeviceCharacteristics = characteristics;
  return methods;
}();

int open_file(sqlite3_vfs* /*vfs*/, sqlite3_filename name, sqlite3_file* file, int flags,
              int* opened) {
  OpenFile& open = of(file);
  open.base.pMethods = nullptr;
  // Temporary data stays in memory (SQLITE_TEMP_STORE).
  if (name == nullptr || std::strlen(name) > kLongestName) return SQLITE_CANTOPEN;
  open.handle = page_file_open(name, static_cast<std::uint32_t>(std::strlen(name)),
                               (flags & SQLITE_OPEN_CREATE) != 0 ? 1 : 0);
  if (open.handle < 0) return SQLITE_CANTOPEN;
  open.removed_when_closed = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  open.lock = SQLITE_LOCK_NONE;
  std::strcpy(open.name.data(), name);
  if ((flags & SQLITE_OPEN_MAIN_DB) != 0) databases().push_back(&open);
  open.base.pMethods = &kMethods;
  if (opened != nullptr) *opened = flags;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs* /*vfs*/, const char* name, int /*sync_folder*/) {
  const auto removed = page_file_remove(name, static_cast<std::uint32_t>(std::strlen(name)));
  if (removed == PageFileStatus::absent) return SQLITE_IOERR_DELETE_NOENT;
  return removed == PageFileStatus::ok ? SQLITE_OK : SQLITE_IOERR_DELETE;
}

int access_file(sqlite3_vfs* /*vfs*/, const char* name, int /*what*/, int* yes) {
  *yes = page_file_exists(name, static_cast<std::uint32_t>(std::strlen(name)));
  return SQLITE_OK;
}

int full_name(sqlite3_vfs* /*vfs*/, const char* name, int size, char* to) {
  const std::string full = *name == '/' ? name : std::string("/") + name;
  if (static_cast<int>(full.size()) >= size) return SQLITE_CANTOPEN;
  std::strcpy(to, full.c_str());
  return SQLITE_OK;
}

int randomness(sqlite3_vfs* /*vfs*/, int count, char* to) {
  return ::getentropy(to, static_cast<std::size_t>(count)) == 0 ? count : 0;
}

// Nobody else can change anything meanwhile.
int sleep_for(sqlite3_vfs* /*vfs*/, int microseconds) { return microseconds; }

int current_time(sqlite3_vfs* /*vfs*/, double* julian_day) {
  constexpr double kUnixEpoch_julian = 2440587.5;
  constexpr double kSecondsADay = 86400.0;
  *julian_day = kUnixEpoch_julian + static_cast<double>(std::time(nullptr)) / kSecondsADay;
  return SQLITE_OK;
}

}  // namespace

// SQLite calls these when it is first used (SQLITE_OS_OTHER).
extern "C" int sqlite3_os_init() {
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs made{};
    made.iVersion = 1;
    made.szOsFile = sizeof(OpenFile);
    made.mxPathname = kLongestName;
    made.zName = "page";
    made.xOpen = open_file;
    made.xDelete = delete_file;
    made.xAccess = access_file;
    made.xFullPathname = full_name;
    made.xRandomness = randomness;
    made.xSleep = sleep_for;
    made.xCurrentTime = current_time;
    return made;
  }();
  return sqlite3_vfs_register(&vfs, 1);
}

extern "C" int sqlite3_os_end() { return SQLITE_OK; }
