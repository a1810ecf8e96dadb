// Bytes made small, in the .xz format.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace matside::formats {

std::string xz_compressed(std::string_view bytes);

/// @param most bytes that may come out, at most
/// @returns ErrorKind::input naming `name`: no .xz, damaged, cut short, followed by something
///   else, or larger than `most`.
base::Result<std::string> xz_decompressed(std::string_view bytes, std::size_t most,
                                          const std::string& name);

}  // namespace matside::formats
