// A picture in YUV planes as decoders store it, and one view type for both kinds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "vision/image/image.h"
#include "vision/image/orientation.h"

namespace matside::image {

/// Coefficients from stored YUV to RGB; all values are 0 to 255:
///   red = gain * y + red_v * v + red_0
///   green = gain * y + green_u * u + green_v * v + green_0
///   blue = gain * y + blue_u * u + blue_0
/// @source ITU-T H.273, matrix coefficients
struct YuvToRgb {
  float gain = 1.0F;
  float red_v = 0.0F;
  float red_0 = 0.0F;
  float green_u = 0.0F;
  float green_v = 0.0F;
  float green_0 = 0.0F;
  float blue_u = 0.0F;
  float blue_0 = 0.0F;
};

/// Readable bytes after the end of each plane; vector code loads but never uses them.
inline constexpr std::size_t kPlaneMargin_bytes = 4;

/// A stored picture in 8-bit 4:2:0 planes: one luma byte a pixel, one pair of colour
/// differences per 2 x 2 pixels. Copies share the pixels.
struct Planes {
  const std::uint8_t* y = nullptr;
  const std::uint8_t* u = nullptr;
  const std::uint8_t* v = nullptr;
  std::int32_t y_stride_bytes = 0;
  std::int32_t uv_stride_bytes = 0;
  base::ImageSize stored;   ///< Size as stored, before `orientation`.
  Orientation orientation;  ///< Makes the stored picture upright.
  YuvToRgb colours;
  std::shared_ptr<const void> owner;  ///< Keeps the planes and their margins alive.

  /// Size of the upright picture.
  [[nodiscard]] base::ImageSize size() const { return upright_size(stored, orientation); }
};

/// A reference to an upright picture, RGB or planes. The picture must outlive the view.
class View {
 public:
  View(const Image& image) : image_(&image) {}      // NOLINT(google-explicit-constructor)
  View(const Planes& planes) : planes_(&planes) {}  // NOLINT(google-explicit-constructor)

  /// Size of the upright picture.
  [[nodiscard]] base::ImageSize size() const {
    return image_ != nullptr ? image_->size : planes_->size();
  }
  /// Whether the size is positive and the memory holds that many pixels.
  [[nodiscard]] bool has_pixels() const {
    if (size().width_px <= 0 || size().height_px <= 0) return false;
    if (image_ == nullptr) return planes_->y != nullptr;
    return image_->rgb.size() ==
           image_->stride_bytes() * static_cast<std::size_t>(size().height_px);
  }
  /// The RGB picture, or null for planes.
  [[nodiscard]] const Image* image() const { return image_; }
  /// The planes, or null for an RGB picture.
  [[nodiscard]] const Planes* planes() const { return planes_; }

 private:
  const Image* image_ = nullptr;
  const Planes* planes_ = nullptr;
};

}  // namespace matside::image
