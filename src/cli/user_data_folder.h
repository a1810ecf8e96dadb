// The person's own data: the records, the server's certificate.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "core/base/result.h"
#include "records/repository.h"

namespace matside::cli {

/// `requested`, else $XDG_DATA_HOME/matside, else ~/.local/share/matside. It need not exist.
/// @returns ErrorKind::usage where there is no home folder either
base::Result<std::filesystem::path> user_data_folder(
    const std::optional<std::filesystem::path>& requested);

/// The database file of the records in `folder`.
std::filesystem::path records_file(const std::filesystem::path& folder);

/// Takes away what other users may do with a folder that this user owns: earlier versions, and
/// people, made it readable for all.
void keep_private(const std::filesystem::path& folder);

/// Opens the records in `folder`, or creates them. The usual folder is kept private; one that
/// the person names may be shared on purpose.
/// @returns as records::sqlite::open
base::Result<std::unique_ptr<records::Repository>> open_records(
    const std::filesystem::path& folder);

}  // namespace matside::cli
