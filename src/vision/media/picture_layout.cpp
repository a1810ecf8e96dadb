#include "vision/media/picture_layout.h"

#include <algorithm>

namespace matside::media {
namespace {

constexpr std::size_t kRow_bytes = 64;
constexpr std::size_t kPage_bytes = std::size_t{64} << 10;
constexpr std::size_t kMaxRing_bytes = std::size_t{512} << 20;

std::size_t rounded_up(std::size_t bytes, std::size_t step) {
  return (bytes + step - 1) / step * step;
}

}  // namespace

PlanesLayout planes_layout(base::ImageSize stored) {
  const auto width = static_cast<std::size_t>(stored.width_px);
  const auto height = static_cast<std::size_t>(stored.height_px);
  const std::size_t y_stride = rounded_up(width, kRow_bytes);
  const std::size_t uv_stride = rounded_up((width + 1) / 2, kRow_bytes);
  const std::size_t uv = uv_stride * ((height + 1) / 2) + kRow_bytes;
  static_assert(kRow_bytes >= image::kPlaneMargin_bytes);
  PlanesLayout layout;
  layout.y_stride_bytes = static_cast<std::int32_t>(y_stride);
  layout.uv_stride_bytes = static_cast<std::int32_t>(uv_stride);
  layout.u = y_stride * height + kRow_bytes;
  layout.v = layout.u + uv;
  layout.bytes = layout.v + uv;
  return layout;
}

std::size_t slot_bytes(base::ImageSize upright) {
  const base::ImageSize transposed{upright.height_px, upright.width_px};
  return rounded_up(std::max({rgb_bytes(upright), planes_layout(upright).bytes,
                              planes_layout(transposed).bytes}),
                    kPage_bytes);
}

bool is_jpeg_size(base::ImageSize size) {
  return size.width_px >= 1 && size.height_px >= 1 && size.width_px <= kMaxJpegSide_px &&
         size.height_px <= kMaxJpegSide_px;
}

std::uint32_t slot_count(std::size_t bytes_of_each) {
  return std::clamp(static_cast<std::uint32_t>(kMaxRing_bytes / bytes_of_each), kMinSlots,
                    kMaxSlots);
}

}  // namespace matside::media
