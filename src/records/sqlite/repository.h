// The repository in one SQLite file.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "records/repository.h"

namespace matside::records::sqlite {

/// Opens the file; creates it, with its folder, if it does not exist.
/// @returns errors of open_database
base::Result<std::unique_ptr<Repository>> open(const std::string& file);

}  // namespace matside::records::sqlite
