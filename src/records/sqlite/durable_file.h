// Files of the records that only their owner may read, and that a crash leaves complete or
// absent.
#pragma once

#include <string>

#include "core/base/result.h"

namespace matside::records::sqlite {

/// Creates a folder, with its parents, that only its owner may enter. An existing one stays as
/// it is.
/// @returns ErrorKind::output if it can't be created
base::Result<void> create_private_folder(const std::string& folder);

/// Creates an empty file that only its owner may read, unless there is one.
/// @returns ErrorKind::output if it can't be created
base::Result<void> create_private_file(const std::string& file);

/// As create_private_file(), in place of a file or link of that name.
base::Result<void> create_new_private_file(const std::string& file);

/// Writes a file to the disk, gives it its name, and writes the name to the disk. A file of
/// that name is replaced.
/// @returns ErrorKind::output if that fails
base::Result<void> rename_durably(const std::string& from, const std::string& to);

/// Removes a file, and its name from the disk. @returns ErrorKind::output if it remains
base::Result<void> remove_durably(const std::string& file);

/// Whether this program may change the file and its folder.
bool is_writable(const std::string& file);

}  // namespace matside::records::sqlite
