#include "bindings/web/decoded_picture.h"

#include <algorithm>
#include <cstddef>

#include "vision/image/scaled_planes.h"
#include "vision/media/yuv_colours.h"

namespace matside::web {
namespace {

constexpr std::size_t kRgba_bytes = 4;
constexpr unsigned kExtraBits = 2;  ///< Of 10-bit samples, which two bytes hold.
constexpr unsigned kHalf = 1U << (kExtraBits - 1);

std::size_t samples_in(base::ImageSize size) {
  return static_cast<std::size_t>(size.width_px) * static_cast<std::size_t>(size.height_px);
}

/// Luma as it is, then the two differences of each pair apart.
void separate(const std::uint8_t* nv12, std::size_t luma, std::size_t chroma,
              std::vector<std::uint8_t>& planes) {
  planes.assign(nv12, nv12 + luma);
  planes.resize(luma + 2 * chroma + image::kPlaneMargin_bytes);
  for (std::size_t i = 0; i < chroma; ++i) {
    planes[luma + i] = nv12[luma + 2 * i];
    planes[luma + chroma + i] = nv12[luma + 2 * i + 1];
  }
}

void to_8_bits(const std::uint8_t* samples, std::size_t count,
               std::vector<std::uint8_t>& planes) {
  planes.resize(count + image::kPlaneMargin_bytes);
  for (std::size_t i = 0; i < count; ++i) {
    const unsigned deep = samples[2 * i] | unsigned{samples[2 * i + 1]} << 8U;
    planes[i] = static_cast<std::uint8_t>(std::min((deep + kHalf) >> kExtraBits, 255U));
  }
}

}  // namespace

image::Image rgb_of(const std::uint8_t* rgba, base::ImageSize size) {
  image::Image picture{size, {}};
  const std::size_t pixels = samples_in(size);
  picture.rgb.resize(3 * pixels);
  for (std::size_t i = 0; i < pixels; ++i) {
    for (std::size_t channel = 0; channel < 3; ++channel) {
      picture.rgb[3 * i + channel] = rgba[kRgba_bytes * i + channel];
    }
  }
  return picture;
}

image::Planes PictureConverter::planes_of(const DecodedPicture& picture) {
  const std::size_t luma = samples_in(picture.stored);
  const base::ImageSize chroma = image::chroma_size(picture.stored);
  const std::uint8_t* y = picture.bytes;
  if (picture.format == PixelFormat::nv12) {
    separate(y, luma, samples_in(chroma), converted_);
    y = converted_.data();
  } else if (picture.format == PixelFormat::i420_p10) {
    to_8_bits(y, luma + 2 * samples_in(chroma), converted_);
    y = converted_.data();
  }
  image::Planes planes;
  planes.y = y;
  planes.u = y + luma;
  planes.v = planes.u + samples_in(chroma);
  planes.y_stride_bytes = picture.stored.width_px;
  planes.uv_stride_bytes = chroma.width_px;
  planes.stored = picture.stored;
  planes.orientation = orientation_;
  planes.colours = media::yuv_to_rgb(picture.colour, picture.stored);
  return planes;
}

image::View PictureConverter::view_of(const DecodedPicture& picture) {
  if (picture.format == PixelFormat::rgba) {
    const image::Image stored = rgb_of(picture.bytes, picture.stored);
    image_.size = image::upright_size(stored.size, orientation_);
    image_.rgb.resize(stored.rgb.size());
    image::place_upright(
        {stored.rgb.data(), static_cast<std::ptrdiff_t>(stored.stride_bytes()), stored.size},
        orientation_, 0, 0, image_);
    return image_;
  }
  planes_ = planes_of(picture);
  if (planes_.stored != target_) planes_ = image::scaled_planes(planes_, target_, scaled_);
  return planes_;
}

}  // namespace matside::web
