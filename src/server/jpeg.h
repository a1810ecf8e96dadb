// Decodes the JPEG pictures that a page sends.
//
// Pure function: any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/result.h"
#include "vision/image/image.h"

namespace matside::server {

/// Longest side of a picture; live cameras stay below it.
inline constexpr int kMaxSide_px = 1920;

/// Decodes a JPEG to RGB. Checks the size before it allocates memory, and limits the number of
/// scans, so that a small file can't take much time or memory.
/// @returns ErrorKind::input when the bytes are not a JPEG, are damaged, or a side is longer
///   than kMaxSide_px
base::Result<image::Image> decode_jpeg(std::span<const std::uint8_t> bytes);

}  // namespace matside::server
