// The repository in one SQLite file.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "records/repository.h"

namespace matside::records::sqlite {

/// Opens the file; creates it, with its folder, if it does not exist.
/// @returns errors of Database::open
base::Result<std::unique_ptr<Repository>> open(const std::string& file);

/// Checks, without changing it, that a file is an undamaged Matside database that `open` can
/// open.
/// @returns ErrorKind::input if it isn't, or does not exist
base::Result<void> check(const std::string& file);

}  // namespace matside::records::sqlite
