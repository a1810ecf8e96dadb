#include "records/sqlite/database_file.h"

#include <utility>

#include "records/sqlite/durable_file.h"
#include "records/sqlite/erasure.h"
#include "records/sqlite/schema.h"

namespace matside::records::sqlite {
namespace {

using base::Error;
using base::ErrorKind;

constexpr const char* kInMemory = ":memory:";

bool is_there(const std::string& file) { return kind_of(file) != FileKind::absent; }

base::Result<void> back_up_and_migrate(const Database& database, int version) {
  if (!needs_migration(version)) return {};
  const std::string copy = copy_before_migration(database.file());
  if (version > 0 && !is_there(copy)) {
    if (auto copied = database.copy_to(copy); !copied) return copied;
  }
  return migrate(database);
}

base::Result<Database> open_read_only(const std::string& file) {
  auto database = Database::connect(file, Access::read, file);
  if (!database) return database;
  const auto version = version_of(database.value());
  if (!version) return version.error();
  if (needs_migration(version.value())) {
    return Error{ErrorKind::output,
                 file +
                     ": an older version of Matside wrote this, and it can't be upgraded "
                     "here; copy it to a folder that you can write to"};
  }
  if (auto known = check_schema(database.value(), version.value()); !known) {
    return known.error();
  }
  return database;
}

/// The version of a database of that version's schema, both of one moment: another program may
/// be creating or migrating it.
/// @param full  receives whether it failed because the disk is full
base::Result<int> known_version(const Database& database, bool& full) {
  Transaction moment(database, Locking::read);
  if (!moment.began()) return moment.began().error();
  const auto version = version_of(database);
  full = database.disk_is_full();
  if (!version || version.value() == 0) return version;
  if (auto known = check_schema(database, version.value()); !known) return known.error();
  return version;
}

/// @param full  receives whether it failed because the disk is full
base::Result<Database> open_as(const std::string& file, Access access, bool& full) {
  auto opened = Database::connect(file, access, file);
  if (!opened) return opened;
  const Database& database = opened.value();
  // Check first: another program's file must not even be put into WAL mode.
  const auto version = known_version(database, full);
  if (!version) return version.error();
  auto shared = database.use_log();
  if (shared) shared = database.execute("PRAGMA synchronous = FULL; PRAGMA cache_size = -8192");
  full = database.disk_is_full();
  if (!shared) return shared.error();
  const auto migrated = back_up_and_migrate(database, version.value());
  if (!migrated) return migrated.error();
  if (erasure_pending(file)) {
    if (const auto erased = finish_erasure(database); !erased) return erased.error();
  }
  return opened;
}

}  // namespace

base::Result<void> create_database_file(const std::string& file) {
  if (auto created = create_private_folder_of(file); !created) {
    return Error{created.error().kind,
                 created.error().message + "; choose another folder with --data DIR"};
  }
  return create_private_file(file);
}

base::Result<Database> open_database(const std::string& file) {
  if (file == kInMemory) {
    auto memory = Database::in_memory();
    if (!memory) return memory;
    if (auto migrated = migrate(memory.value()); !migrated) return migrated.error();
    return memory;
  }
  if (is_there(file) && !is_writable(file)) return open_read_only(file);
  if (auto created = create_database_file(file); !created) return created.error();
  bool full = false;
  auto opened = open_as(file, Access::write, full);
  // Sharing needs some room on the disk.
  if (!opened && full) return open_as(file, Access::exclusive, full);
  return opened;
}

base::Result<Database> open_database_alone(const std::string& file) {
  if (auto created = create_database_file(file); !created) return created.error();
  bool full = false;
  return open_as(file, Access::exclusive, full);
}

base::Result<Database> recreate_database(Database database) {
  const std::string file = database.file();
  { const Database closed = std::move(database); }
  {
    const auto alone = open_database_alone(file);
    if (!alone) return alone.error();
    if (auto removed = remove_database(file); !removed) return removed.error();
  }
  return open_database(file);
}

}  // namespace matside::records::sqlite
