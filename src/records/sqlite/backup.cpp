#include "records/sqlite/backup.h"

#include "records/local_time.h"
#include "records/sqlite/database_file.h"
#include "records/sqlite/durable_file.h"
#include "records/sqlite/erasure.h"
#include "records/sqlite/schema.h"

namespace matside::records::sqlite {
namespace {

using base::Error;
using base::ErrorKind;

/// Copies a backup and checks the copy, so that nobody can change it in between.
base::Result<void> copy_checked(const std::string& backup, const std::string& copy_file) {
  const auto source = Database::connect(backup, Access::read, backup);
  if (!source) return source.error();
  if (auto created = create_new_private_file(copy_file); !created) return created;
  const auto opened = Database::connect(copy_file, Access::write, backup);
  if (!opened) return opened.error();
  const Database& copy = opened.value();
  if (auto copied = source.value().copy_into(copy); !copied) return copied;
  if (auto simple = copy.execute("PRAGMA journal_mode = DELETE"); !simple) return simple;
  const auto version = version_of(copy);
  if (!version) return version.error();
  if (version.value() == 0) {
    return Error{ErrorKind::input, backup + ": this is not a Matside database"};
  }
  if (auto known = check_schema(copy, version.value()); !known) return known;
  if (auto migrated = migrate(copy); !migrated) return migrated;
  if (auto sound = check_content(copy); !sound) return sound;
  // The pages as this program writes them, and none that are free.
  return copy.execute("PRAGMA auto_vacuum = NONE; PRAGMA page_size = 4096; VACUUM");
}

base::Result<void> check_is_file(const std::string& file) {
  const FileKind kind = kind_of(file);
  if (kind == FileKind::file) return {};
  return Error{
      ErrorKind::input,
      file + (kind == FileKind::other ? ": this isn't a file" : ": this file does not exist")};
}

}  // namespace

base::Result<void> check(const std::string& file) {
  if (auto known = check_is_file(file); !known) return known;
  const auto database = Database::connect(file, Access::read, file);
  if (!database) return database.error();
  const auto version = version_of(database.value());
  if (!version) return version.error();
  if (version.value() == 0) {
    return Error{ErrorKind::input, file + ": this is not a Matside database"};
  }
  if (auto known = check_schema(database.value(), version.value()); !known) return known;
  return needs_migration(version.value()) ? base::Result<void>()
                                          : check_content(database.value());
}

base::Result<std::string> restore(const std::string& backup, const std::string& file,
                                  Instant now) {
  if (auto known = check_is_file(backup); !known) return known.error();
  if (is_same_file(backup, file)) {
    return Error{ErrorKind::usage,
                 backup + ": these are your current records; choose a backup to restore"};
  }
  if (auto created = create_database_file(file); !created) return created.error();
  const std::string checked = restoring_file(file);
  const auto restored = [&]() -> base::Result<std::string> {
    std::string previous;
    if (auto copied = copy_checked(backup, checked); !copied) return copied.error();
    const auto live = open_database_alone(file);
    if (!live) return live.error();
    const auto persons = live.value().integer("SELECT count(*) FROM person");
    if (!persons) return persons.error();
    if (persons.value() > 0) {
      previous = copy_before_restore(file, calendar_text(now));
      if (auto kept = live.value().copy_to(previous); !kept) return kept.error();
    }
    const auto copy = Database::connect(checked, Access::read, backup);
    if (!copy) return copy.error();
    if (auto filled = copy.value().copy_into(live.value()); !filled) return filled.error();
    return previous;
  }();
  const auto removed = remove_durably(checked);
  if (!restored) return restored;
  if (!removed) return removed.error();
  return restored;
}

}  // namespace matside::records::sqlite
