#include "records/sqlite/erasure.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include "records/sqlite/durable_file.h"

namespace matside::records::sqlite {
namespace {

namespace fs = std::filesystem;

constexpr const char* kReplaced = ".replaced-";
constexpr const char* kRestoring = ".restoring";
/// How the names of copies go on after the database's. Each may have a log or journal.
constexpr std::array<const char*, 4> kCopies{kReplaced, kRestoring, ".before-version-",
                                             ".arriving"};

std::string mark_of(const std::string& file) { return file + ".erasing"; }

base::Result<void> remove_copies(const std::string& file) {
  const fs::path path(file);
  std::error_code why;
  std::vector<std::string> copies;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  for (fs::directory_iterator entry(folder, why), end; !why && entry != end;
       entry.increment(why)) {
    const std::string name = entry->path().filename().string();
    const bool copy = std::ranges::any_of(kCopies, [&](const char* kind) {
      return name.starts_with(path.filename().string() + kind);
    });
    if (copy) copies.push_back(entry->path().string());
  }
  if (why) return base::Error{base::ErrorKind::output, file + ": " + why.message()};
  for (const std::string& copy : copies) {
    if (auto removed = remove_durably(copy); !removed) return removed;
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

bool erasure_pending(const std::string& file) {
  std::error_code none;
  return fs::exists(fs::symlink_status(mark_of(file), none));
}

base::Result<void> remove_database(const std::string& file) {
  if (auto removed = remove_copies(file); !removed) return removed;
  for (const char* part : {"", "-wal", "-shm"}) {
    if (auto removed = remove_durably(file + part); !removed) return removed;
  }
  return {};
}

}  // namespace matside::records::sqlite
