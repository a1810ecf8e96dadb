// Compression in the .xz format.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace matside::formats {

/// @returns the bytes, compressed; the same bytes give the same result
std::string xz_compressed(std::string_view bytes);

/// @param most  the largest allowed size of the result, in bytes
/// @param name  of the data, for errors
/// @returns the bytes, decompressed; ErrorKind::input if the data isn't .xz, is damaged or
///   incomplete, has bytes after its end, or is larger than `most`
base::Result<std::string> xz_decompressed(std::string_view bytes, std::size_t most,
                                          const std::string& name);

}  // namespace matside::formats
