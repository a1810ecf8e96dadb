// Reads a media file's outermost structure, without decoding, to detect truncation.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/point.h"
#include "vision/media/file_source.h"

namespace matside::decoder {

/// Whether one of the names is this name.
inline bool contains(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

/// Structure of a file, to detect a truncated recording. Covers MP4 and its relatives, Matroska
/// and WebM, AVI, MPEG transport streams, Ogg, GIF and JPEG; empty for any other file.
struct ContainerLayout {
  /// Least size in bytes of the complete file by its own headers, if known.
  std::optional<std::uint64_t> declared_bytes;
  /// An MP4 with media data but without its index (moov).
  bool index_missing = false;
  /// A HEIF or AVIF photo, which FFmpeg's MP4 reader does not support.
  bool is_heif = false;

  /// Size in stored pixels of a PNG or JPEG photo.
  std::optional<base::ImageSize> photo_size;

  /// Whether a file of this size is shorter than its headers declare.
  [[nodiscard]] bool cut_off(std::uint64_t file_bytes) const {
    return declared_bytes && *declared_bytes > file_bytes;
  }
};

/// Reads the layout. Damaged structure only leaves fields empty; it never fails.
ContainerLayout read_container_layout(const media::FileSource& file);

}  // namespace matside::decoder
