// Decoded pictures with square pixels: as upright packed RGB, or as planes.
#pragma once

#include <memory>

#include "core/base/point.h"
#include "core/base/result.h"
#include "vision/image/image.h"
#include "vision/image/orientation.h"
#include "vision/image/view.h"
#include "vision/video/colour_tags.h"
#include "vision/video/libav.h"

namespace matside::video {

/// Width and height in square pixels of a stored picture of width_px x height_px samples, each
/// `aspect` times as wide as high. No side gets fewer pixels than it has samples. An unknown or
/// unlikely aspect (beyond 1:8 or within 0.5 % of square) counts as square.
base::ImageSize square_pixel_size(base::ImageSize stored, AVRational aspect);

/// `size` scaled down, if need be, so that its longer side is `max_side_px`; 0 means no limit.
base::ImageSize limit_size(base::ImageSize size, int max_side_px);

/// What the frame says of its colours; of a frame that is no YUV, what it is best turned into.
ColourTags colour_tags(const AVFrame& frame);

/// The scaler's number for the matrix of pictures of that size. Where they do not say, it is
/// guessed as players do.
int scaler_matrix(const ColourTags& tags, base::ImageSize size);

/// RGB from stored YUV, by the scaler's own tables.
image::Colours colours_of(int scaler_matrix, bool full_range);

/// Converts pictures, in their own colour matrix and range, to RGB of one size. A stream that
/// changes its picture's size or shape midway is fitted into that size, centred on black.
class Converter {
 public:
  Converter(base::ImageSize target, image::Orientation orientation);
  Converter(Converter&&) noexcept;
  Converter& operator=(Converter&&) noexcept;
  ~Converter();

  /// Fills `image`, reusing its memory. What is transparent becomes black.
  /// @param aspect of the frame's pixels.
  /// Fails with an input error when the kind of pixels cannot be converted.
  base::Result<void> convert(const AVFrame& frame, AVRational aspect, image::Image& image);

  /// Makes `planes` show the frame, without a copy where the decoder stores it in such planes
  /// of that size; else reuses the memory that `planes` alone holds.
  /// @returns false where only convert() can show it: RGB, transparent, or fitted on black.
  /// Fails as convert() does.
  base::Result<bool> share(const AVFrame& frame, AVRational aspect, image::Planes& planes);

 private:
  struct Stage;
  [[nodiscard]] base::ImageSize fitted(const AVFrame& frame, AVRational aspect) const;
  base::Result<void> prepare(const AVFrame& frame, base::ImageSize to, bool as_planes);

  /// What the stages were made for.
  struct Setup {
    base::ImageSize from;
    base::ImageSize to;
    int format = AV_PIX_FMT_NONE;
    int matrix = 0;
    bool full_range = false;
    bool as_planes = false;

    friend bool operator==(const Setup&, const Setup&) = default;
  };

  base::ImageSize target_;
  image::Orientation orientation_;
  Setup setup_;
  std::unique_ptr<Stage> shrink_;  ///< YUV of any kind to YUV 4:2:0 of the size wanted
  std::unique_ptr<Stage> to_rgb_;  ///< RGB24, or RGBA where the source has transparency
};

}  // namespace matside::video
