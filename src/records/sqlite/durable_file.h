// Files of the records that only their owner may read, and that a crash leaves complete or
// absent. In a browser they are files of the page's origin (src/records/sqlite/browser).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace matside::records::sqlite {

enum class FileKind : std::uint8_t { absent, file, other };

/// What has that name, or is where a link of that name points to.
FileKind kind_of(const std::string& path);

/// Whether anything has that name, even a link that points nowhere.
bool is_name_taken(const std::string& path);

/// Whether both names are of one file.
bool is_same_file(const std::string& one, const std::string& other);

/// In bytes; 0 without such a file.
std::uint64_t size_of(const std::string& file);

/// The name from the root on.
std::string absolute_name(const std::string& file);

/// How the names of the files beside `file` continue that begin with its whole name.
/// @returns ErrorKind::output if the folder can't be read
base::Result<std::vector<std::string>> endings_beside(const std::string& file);

/// Whether another program may open the records' files at the same time.
bool are_files_shared();

/// What a person can do about a damaged database, and about one that can't be written.
extern const char* const kHowToRepair;
extern const char* const kHowToWrite;

/// Creates the folder of a file, as create_private_folder().
base::Result<void> create_private_folder_of(const std::string& file);

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
