// What a media file's outermost structure says about its own length, read without decoding.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/point.h"
#include "vision/video/file_source.h"

namespace matside::video {

/// Tells a recording that was cut off from a whole one. Knows MP4 and its kin, Matroska and
/// WebM, AVI, MPEG transport streams, Ogg, GIF and JPEG; of any other file it says nothing.
struct ContainerLayout {
  /// The least size in bytes that the whole file has by its own marks, when they say.
  std::optional<std::uint64_t> declared_bytes;
  /// An MP4 with pictures but without the index (moov) that says where they are.
  bool index_missing = false;
  /// A HEIF or AVIF photo: boxes like a video's, but another way of storing.
  bool photo_boxes = false;

  /// Size of a PNG or JPEG picture, in stored samples.
  std::optional<base::ImageSize> photo_size;

  /// The file is shorter than it says it is.
  [[nodiscard]] bool cut_off(std::uint64_t file_bytes) const {
    return declared_bytes && *declared_bytes > file_bytes;
  }
};

ContainerLayout read_container_layout(const FileSource& file);

}  // namespace matside::video
