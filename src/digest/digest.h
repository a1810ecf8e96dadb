// SHA-256, to identify a network file or a video.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

#include "core/base/result.h"

namespace matside::digest {

/// SHA-256 of the bytes as 64 lower-case hexadecimal digits.
/// @source FIPS 180-4
std::string sha256_hex(std::span<const std::byte> bytes);

/// SHA-256 of a file's content, read in pieces, as 64 lower-case hexadecimal digits.
/// Fails with ErrorKind::input when the file cannot be opened or read to its end.
base::Result<std::string> sha256_file(const std::filesystem::path& path);

}  // namespace matside::digest
