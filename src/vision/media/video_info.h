// What is known of a video or photo, and of each of its pictures.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/calendar_time.h"
#include "core/base/point.h"
#include "core/base/quantity.h"
#include "vision/image/image.h"
#include "vision/image/orientation.h"
#include "vision/image/view.h"
#include "vision/media/colour_tags.h"

namespace matside::media {

/// A picture and its presentation time.
struct Frame {
  /// Upright, with square pixels, of info().image_size; smaller than the source if that exceeds
  /// Options::max_side_px. Empty when `planes` is set.
  image::Image image;
  /// Set with Options::planes if the source is YUV.
  std::optional<image::Planes> planes;
  base::Seconds time;           ///< Since the file's first picture; rises strictly.
  std::int64_t index = 0;       ///< The picture's index in the file, from 0.
  base::ImageSize source_size;  ///< info().size; `view()` may be smaller.

  /// The picture, of whichever kind.
  [[nodiscard]] image::View view() const {
    return planes ? image::View(*planes) : image::View(image);
  }
};

/// A stream's time base: timestamps are whole numbers of ticks.
struct TimeBase {
  int numerator = 1;  ///< A tick is numerator / denominator seconds.
  int denominator = 1;
  std::int64_t first = 0;  ///< Timestamp of the first picture, or 0.
};

/// Properties of a video or photo.
struct VideoInfo {
  base::ImageSize size;                         ///< Of the source, upright, in square pixels.
  base::ImageSize image_size;                   ///< Of every Frame's image.
  std::optional<std::int64_t> expected_frames;  ///< From the headers; may be wrong.
  std::optional<base::Seconds> duration;        ///< From the headers.
  std::optional<double> average_rate_hz;        ///< Pictures per second, from the headers.
  std::string codec;                            ///< FFmpeg's name: h264, hevc, mjpeg, png, ...
  std::string container;           ///< FFmpeg's name: "mov,mp4,m4a,3gp,3g2,mj2", ...
  bool photo = false;              ///< A single still picture.
  int bit_depth = 8;               ///< Of a stored colour channel.
  image::Orientation orientation;  ///< Makes the stored pictures upright.
  ColourTags colour;               ///< Of the pictures; if not YUV, of the converted ones.
  TimeBase clock;
  std::optional<base::ZonedTime> recorded;  ///< When, as the file says; plausible.
};

}  // namespace matside::media
