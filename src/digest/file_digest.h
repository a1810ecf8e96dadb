// SHA-256 of a file.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace matside::digest {

/// SHA-256 of a file's content, read in pieces, as 64 lower-case hexadecimal digits.
/// @param stop  ends reading early, where there is one
/// @returns as files::InputFile::open() and read(); ErrorKind::input when stopped
base::Result<std::string> sha256_file(const std::filesystem::path& path,
                                      const std::atomic<bool>* stop = nullptr);

}  // namespace matside::digest
