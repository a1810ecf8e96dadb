// Decodes the JPEG pictures that a live page sends.
//
// Pure function: any thread.
#pragma once

#include <cstdint>
#include <span>

#include "core/base/point.h"
#include "core/base/result.h"

namespace matside::decoder {

/// Decodes a JPEG to packed RGB, as in image::Image. Checks the size before it decodes, and
/// limits the number of scans, so that a small file can't take much time or memory.
/// @param rgb receives the picture; room for media::kMaxJpeg_bytes is always enough
/// @returns the size in pixels; ErrorKind::input when the bytes are not a JPEG, are damaged, or
///   a side is longer than media::kMaxJpegSide_px
base::Result<base::ImageSize> decode_jpeg(std::span<const std::uint8_t> bytes,
                                          std::span<std::uint8_t> rgb);

}  // namespace matside::decoder
