// From a video's colour metadata to the coefficients of its colours, without FFmpeg.
//
// Pure functions: any thread.
#pragma once

#include <span>

#include "core/base/point.h"
#include "vision/image/view.h"
#include "vision/media/colour_tags.h"

namespace matside::media {

/// Whether unlabelled colours of pictures of that size are BT.709, as players guess; otherwise
/// BT.601.
bool is_guessed_bt709(base::ImageSize size, bool full_range);

/// YUV to RGB for a matrix as FFmpeg's scaler writes it: for red from v, blue from u, green
/// from u and green from v, in 65536ths, for limited range.
image::YuvToRgb yuv_to_rgb(std::span<const int, 4> matrix, bool full_range);

/// YUV to RGB for pictures with these tags, guessed where they don't say.
/// @source ITU-T H.273, matrix coefficients, as FFmpeg's scaler rounds them
image::YuvToRgb yuv_to_rgb(const ColourTags& tags, base::ImageSize size);

}  // namespace matside::media
