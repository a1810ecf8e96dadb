// Backups of the records: checking one, and restoring it.
#pragma once

#include <string>

#include "core/base/result.h"
#include "records/repository.h"

namespace matside::records::sqlite {

/// Checks, without changing it, that a file is an undamaged Matside database that `open` can
/// open.
/// @returns ErrorKind::input if it isn't, or does not exist
base::Result<void> check(const std::string& file);

/// Replaces the records in a file with those of a backup: all of them, or nothing.
/// @param now  names the copy of the replaced records
/// @returns that copy's file, empty if there were no records; ErrorKind::input if the backup
///   can't be used, ErrorKind::output if another program uses the records or the disk is full
base::Result<std::string> restore(const std::string& backup, const std::string& file,
                                  Instant now);

}  // namespace matside::records::sqlite
