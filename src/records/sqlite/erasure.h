// Erasing that leaves nothing: neither in the database, its log and its free pages, nor in the
// copies beside it. What can't be overwritten yet is marked by a file FILE.erasing, and
// overwritten when the records are opened the next time.
#pragma once

#include <string>

#include "core/base/result.h"
#include "records/sqlite/database.h"

namespace matside::records::sqlite {

/// @returns the name for a copy of the records that a restored backup replaces
std::string copy_before_restore(const std::string& file, const std::string& when);
/// @returns the name of a backup that is being checked before it is restored
std::string restoring_file(const std::string& file);

/// Runs a statement that erases rows. On a full disk the copies of the database go first, as
/// they must in any case, to make room. Then finish_erasure() is tried.
/// @returns ErrorKind::output if nothing could be erased
base::Result<void> erase_rows(const Database& database, const std::string& sql);

/// Removes the copies beside the database and overwrites what was erased in it.
/// @returns whether nothing is left; false: another program reads an older state, or the disk
///   is full
base::Result<bool> finish_erasure(const Database& database);

/// Whether an erasure has begun and not finished.
bool erasure_pending(const std::string& file);

/// Removes a database with its log and all copies; no other program may have it open.
/// @returns ErrorKind::output if a file remains
base::Result<void> remove_database(const std::string& file);

}  // namespace matside::records::sqlite
