// Records in one SQLite file.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "records/repository.h"

namespace matside::records::sqlite {

/// Opens the file, or makes it with its folder.
/// @returns as Database::open
base::Result<std::unique_ptr<Repository>> open(const std::string& file);

/// Whether the file is a sound database of Matside's that `open` would take. Only looks.
base::Result<void> check(const std::string& file);

}  // namespace matside::records::sqlite
