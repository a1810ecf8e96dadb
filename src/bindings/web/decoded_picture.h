// A picture of a recorded video as the browser decoded it, made a view for the pose pipeline.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/point.h"
#include "vision/image/image.h"
#include "vision/image/orientation.h"
#include "vision/image/view.h"
#include "vision/media/colour_tags.h"

namespace matside::web {

/// The browser's pixel formats that are taken; their numbers are those of web/src/recording.
enum class PixelFormat : std::uint8_t {
  i420,      ///< Planes of luma, blue and red difference; 8 bits.
  nv12,      ///< Luma, then pairs of both differences; 8 bits.
  i420_p10,  ///< As i420, 10 bits in two bytes, the lower one first.
  rgba,      ///< 4 bytes a pixel; the last is not read.
};

/// Pixels as stored, row after row and plane after plane without padding.
struct DecodedPicture {
  PixelFormat format = PixelFormat::i420;
  /// Followed by image::kPlaneMargin_bytes that may be read.
  const std::uint8_t* bytes = nullptr;
  base::ImageSize stored;
  media::ColourTags colour;  ///< Of the planes.
};

/// The RGB picture of RGBA pixels.
image::Image rgb_of(const std::uint8_t* rgba, base::ImageSize size);

/// Makes views in memory that it reuses. One thread at a time.
class PictureConverter {
 public:
  /// @param target size of the pictures as stored; planes are scaled to it
  PictureConverter(base::ImageSize target, image::Orientation orientation)
      : target_(target), orientation_(orientation) {}

  /// The upright picture; valid until the next call, and while the picture's bytes are.
  image::View view_of(const DecodedPicture& picture);

 private:
  image::Planes planes_of(const DecodedPicture& picture);

  base::ImageSize target_;
  image::Orientation orientation_;
  std::vector<std::uint8_t> converted_;  ///< To 8-bit planes.
  std::vector<std::uint8_t> scaled_;
  image::Planes planes_;
  image::Image image_;
};

}  // namespace matside::web
