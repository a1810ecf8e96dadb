// A small file's whole text.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace matside::recording {

/// Reads a file of at most 256 MiB.
/// @returns ErrorKind::input, one line that begins with the path: no such file, a folder, not
///   a file on disk, no permission, too large
base::Result<std::string> read_text_file(const std::filesystem::path& path);

}  // namespace matside::recording
