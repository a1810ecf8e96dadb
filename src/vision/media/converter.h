// Converts decoded frames to square pixels: upright packed RGB, or YUV planes.
#pragma once

#include <memory>

#include "core/base/point.h"
#include "core/base/result.h"
#include "vision/image/image.h"
#include "vision/image/orientation.h"
#include "vision/image/view.h"
#include "vision/media/colour_tags.h"
#include "vision/media/libav.h"

namespace matside::media {

/// The frame's colour tags; for a frame that is not YUV, the tags of what it is converted to.
ColourTags colour_tags(const AVFrame& frame);

/// The scaler's constant (SWS_CS_*) for the tags' matrix. If unspecified, it is guessed from
/// the size as players do: BT.709 for HD, else BT.601.
int scaler_matrix(const ColourTags& tags, base::ImageSize size);

/// YUV to RGB coefficients from the scaler's own tables, for a constant of scaler_matrix().
image::YuvToRgb colours_of(int scaler_matrix, bool full_range);

/// Converts frames to one size, honouring their colour matrix and range. A frame of another
/// shape is fitted into that size, centred on black. One thread at a time.
class Converter {
 public:
  /// @param target size of the converted pictures before `orientation` is applied.
  Converter(base::ImageSize target, image::Orientation orientation);
  Converter(Converter&&) noexcept;
  Converter& operator=(Converter&&) noexcept;
  ~Converter();

  /// Converts the frame to upright RGB in `image`, reusing its memory. Transparent parts become
  /// black. @param aspect width over height of the frame's samples.
  /// Fails with ErrorKind::input when the pixel format is not supported.
  base::Result<void> convert(const AVFrame& frame, AVRational aspect, image::Image& image);

  /// Makes `planes` refer to the frame, without a copy if the decoder's planes have that size
  /// and format; otherwise converts into memory that only `planes` holds.
  /// @returns false when only convert() can represent the frame: RGB, transparent, or fitted on
  /// black. Fails as convert() does.
  base::Result<bool> reference_planes(const AVFrame& frame, AVRational aspect,
                                      image::Planes& planes);

 private:
  struct Stage;
  [[nodiscard]] base::ImageSize fitted(const AVFrame& frame, AVRational aspect) const;
  base::Result<void> prepare(const AVFrame& frame, base::ImageSize to, bool as_planes);

  /// The conversion for which the stages were created.
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
  std::unique_ptr<Stage> scale_stage_;  ///< Any YUV to YUV 4:2:0 of the target size.
  std::unique_ptr<Stage> to_rgb_;       ///< RGB24, or RGBA where the source has transparency
};

}  // namespace matside::media
