// Pictures as a page sends them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/result.h"
#include "vision/image/image.h"

namespace matside::server {

/// No side of a picture may be longer; nothing a phone or camera shows live is.
inline constexpr int kLongestSide_px = 1920;

/// Reads a JPEG from memory. What is damaged, is no JPEG, or unfolds into more than its size
/// promises is refused before memory is taken for it.
/// @returns ErrorKind::input.
base::Result<image::Image> decode_jpeg(std::span<const std::uint8_t> bytes);

}  // namespace matside::server
