// The schema of the records: its versions, and whether a file follows it.
#pragma once

#include "core/base/result.h"
#include "records/sqlite/database.h"

namespace matside::records::sqlite {

/// @returns the schema's version in a database, 0 if it is empty; ErrorKind::input if it isn't
///   Matside's, is damaged, or a newer version of Matside wrote it
base::Result<int> version_of(const Database& database);

/// Checks that a database has exactly the tables and indexes of its version: no trigger, view
/// or table more.
/// @param version  as version_of() returns it
/// @returns ErrorKind::input, with the object that differs
base::Result<void> check_schema(const Database& database, int version);

/// Checks everything that is stored: undamaged, and each value within its limits. The schema
/// must be that of the current version.
/// @returns ErrorKind::input, with the place
base::Result<void> check_content(const Database& database);

/// Whether a database of that version is an older one.
bool needs_migration(int version);

/// Migrates a database to the current version, in one transaction. Creates the schema in an
/// empty one.
/// @returns ErrorKind::output if it can't be written
base::Result<void> migrate(const Database& database);

/// The name for a copy of a database before it is migrated.
std::string copy_before_migration(const std::string& file);

}  // namespace matside::records::sqlite
