#include "records/sqlite/erasure.h"

#include <algorithm>
#include <array>
#include <string>

#include "records/sqlite/durable_file.h"

namespace matside::records::sqlite {
namespace {

constexpr const char* kReplaced = ".replaced-";
constexpr const char* kRestoring = ".restoring";
/// How the names of copies go on after the database's. Each may have a log or journal.
constexpr std::array<const char*, 4> kCopies{kReplaced, kRestoring, ".before-version-",
                                             ".arriving"};

std::string mark_of(const std::string& file) { return file + ".erasing"; }

base::Result<void> remove_copies(const std::string& file) {
  const auto endings = endings_beside(file);
  if (!endings) return endings.error();
  for (const std::string& ending : endings.value()) {
    const bool copy = std::ranges::any_of(
        kCopies, [&](const char* kind) { return ending.starts_with(kind); });
    if (!copy) continue;
    if (auto removed = remove_durably(file + ending); !removed) return removed;
  }
  return {};
}

}  // namespace

std::string copy_before_restore(const std::string& file, const std::string& when) {
  return file + kReplaced + when;
}

std::string restoring_file(const std::string& file) { return file + kRestoring; }

base::Result<void> erase_rows(const Database& database, const std::string& sql) {
  const std::string& file = database.file();
  if (auto marked = create_private_file(mark_of(file)); !marked) return marked;
  auto erased = database.execute(sql);
  if (!erased && database.disk_is_full()) {
    if (auto removed = remove_copies(file); !removed) return removed;
    if (const auto emptied = database.empty_log(); !emptied) return emptied.error();
    erased = database.execute(sql);
  }
  if (!erased) {
    (void)remove_durably(mark_of(file));
    return erased;
  }
  const auto finished = finish_erasure(database);
  if (!finished) return finished.error();
  return {};
}

base::Result<bool> finish_erasure(const Database& database) {
  const std::string& file = database.file();
  if (auto removed = remove_copies(file); !removed) return removed.error();
  // Nothing can be overwritten before the reader has gone.
  auto emptied = database.empty_log();
  if (!emptied) return emptied.error();
  if (!emptied.value()) return false;
  // Pages may hold remains of what was moved within them.
  if (auto compacted = database.execute("VACUUM"); !compacted) {
    // The disk is full, or another program is writing.
    if (compacted.error().kind == base::ErrorKind::output) return false;
    return compacted.error();
  }
  emptied = database.empty_log();
  if (!emptied) return emptied.error();
  if (!emptied.value()) return false;
  if (auto unmarked = remove_durably(mark_of(file)); !unmarked) return unmarked.error();
  return true;
}

bool erasure_pending(const std::string& file) { return is_name_taken(mark_of(file)); }

base::Result<void> remove_database(const std::string& file) {
  if (auto removed = remove_copies(file); !removed) return removed;
  for (const char* part : {"", "-wal", "-shm"}) {
    if (auto removed = remove_durably(file + part); !removed) return removed;
  }
  return {};
}

}  // namespace matside::records::sqlite
