// Where a picture's bytes are in memory that the program shares with its decoder process.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/point.h"
#include "vision/image/image.h"
#include "vision/image/orientation.h"
#include "vision/image/view.h"

namespace matside::media {

/// A stored picture in 4:2:0 planes: offsets from the slot's first byte.
struct PlanesLayout {
  std::int32_t y_stride_bytes = 0;
  std::int32_t uv_stride_bytes = 0;
  std::size_t u = 0;  ///< Of the first byte of the blue difference; luma is at 0.
  std::size_t v = 0;
  std::size_t bytes = 0;  ///< In all, with the margin after the last plane.
};

/// The layout for a stored size.
PlanesLayout planes_layout(base::ImageSize stored);

/// Bytes of a slot for upright pictures of that size, of either kind, whole pages.
std::size_t slot_bytes(base::ImageSize upright);

/// How many such slots the program and its decoder share.
std::uint32_t slot_count(std::size_t bytes_of_each);

/// More than the pictures that one analysis uses at once, so that decoding runs ahead.
inline constexpr std::uint32_t kMaxSlots = 10;
inline constexpr std::uint32_t kMinSlots = 3;

/// Longest side of a JPEG picture; live cameras stay below it.
inline constexpr int kMaxJpegSide_px = 1920;

/// Whether a JPEG picture of that size is decoded.
bool is_jpeg_size(base::ImageSize size);

/// Bytes of a packed RGB picture.
constexpr std::size_t rgb_bytes(base::ImageSize size) {
  return std::size_t{3} * static_cast<std::size_t>(size.width_px) *
         static_cast<std::size_t>(size.height_px);
}

/// Bytes of the largest JPEG picture, decoded.
inline constexpr std::size_t kMaxJpeg_bytes = rgb_bytes({kMaxJpegSide_px, kMaxJpegSide_px});

}  // namespace matside::media
