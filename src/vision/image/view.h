// A picture as video decoders store it, and either kind of picture under one name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "vision/image/image.h"
#include "vision/image/orientation.h"

namespace matside::image {

/// RGB, 0 to 255, from stored brightness y and colour differences u and v, 0 to 255:
/// red = gain * y + red_v * v + red_0, and so on.
struct Colours {
  float gain = 1.0F;
  float red_v = 0.0F;
  float red_0 = 0.0F;
  float green_u = 0.0F;
  float green_v = 0.0F;
  float green_0 = 0.0F;
  float blue_u = 0.0F;
  float blue_0 = 0.0F;
};

/// Bytes behind the end of each plane that may be read, and are never used.
inline constexpr std::size_t kPlaneMargin_bytes = 4;

/// A picture in 8-bit 4:2:0 planes as it is stored: one brightness a pixel, one pair of colour
/// differences for each 2 x 2 pixels. Looked at upright. Copies share the pixels.
struct Planes {
  const std::uint8_t* y = nullptr;
  const std::uint8_t* u = nullptr;
  const std::uint8_t* v = nullptr;
  std::int32_t y_stride_bytes = 0;
  std::int32_t uv_stride_bytes = 0;
  base::ImageSize stored;
  Orientation orientation;
  Colours colours;
  std::shared_ptr<const void> owner;  ///< Holds the planes and their margins.

  [[nodiscard]] base::ImageSize size() const { return upright_size(stored, orientation); }
};

/// An upright picture of either kind, which must outlive the view.
class View {
 public:
  View(const Image& image) : image_(&image) {}      // NOLINT(google-explicit-constructor)
  View(const Planes& planes) : planes_(&planes) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] base::ImageSize size() const {
    return image_ != nullptr ? image_->size : planes_->size();
  }
  /// Whether it has a size and as many pixels as that says.
  [[nodiscard]] bool has_pixels() const {
    if (size().width_px <= 0 || size().height_px <= 0) return false;
    if (image_ == nullptr) return planes_->y != nullptr;
    return image_->rgb.size() ==
           image_->stride_bytes() * static_cast<std::size_t>(size().height_px);
  }
  /// Null where it is of the other kind.
  [[nodiscard]] const Image* image() const { return image_; }
  [[nodiscard]] const Planes* planes() const { return planes_; }

 private:
  const Image* image_ = nullptr;
  const Planes* planes_ = nullptr;
};

}  // namespace matside::image
