// Opens the file of the records.
#pragma once

#include <string>

#include "core/base/result.h"
#include "records/sqlite/database.h"

namespace matside::records::sqlite {

/// Opens the file; creates it, with its folder, if it does not exist. An older version is
/// migrated, after a backup as FILE.before-version-N. Finishes an erasure that had to wait. On
/// a read-only disk it can only be read. ":memory:" is an empty database without a file.
/// @returns ErrorKind::input if it isn't a Matside database, is damaged, or is of a newer
///   version; ErrorKind::output if it can't be written
base::Result<Database> open_database(const std::string& file);

/// Creates an empty file, with its folder, where there is none. Only its owner may read it.
/// @returns ErrorKind::output if it can't be created
base::Result<void> create_database_file(const std::string& file);

/// As open_database(), but refuses while another program has the file open.
base::Result<Database> open_database_alone(const std::string& file);

/// Replaces a database by an empty one, without needing room on the disk.
/// @returns ErrorKind::output if another program has it open, or a file can't be removed
base::Result<Database> recreate_database(Database database);

}  // namespace matside::records::sqlite
