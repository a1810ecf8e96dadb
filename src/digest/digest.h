// SHA-256, to identify a network file or a video.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace matside::digest {

/// SHA-256 of the bytes as 64 lower-case hexadecimal digits.
/// @source FIPS 180-4
std::string sha256_hex(std::span<const std::byte> bytes);

}  // namespace matside::digest
