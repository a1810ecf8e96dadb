// A small file's whole text.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace matside::cli {

/// @returns ErrorKind::input with one line: no such file, a folder, not readable, larger than
///   256 MiB
base::Result<std::string> text_of_file(const std::filesystem::path& path);

}  // namespace matside::cli
