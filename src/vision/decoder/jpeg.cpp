#include "vision/decoder/jpeg.h"

#include <turbojpeg.h>

#include <memory>
#include <string>

#include "vision/media/picture_layout.h"

namespace matside::decoder {
namespace {

struct Destroy {
  void operator()(void* handle) const { tjDestroy(handle); }
};

base::Error picture_error(const std::string& what) {
  return {base::ErrorKind::input, "picture: " + what};
}

}  // namespace

base::Result<base::ImageSize> decode_jpeg(std::span<const std::uint8_t> bytes,
                                          std::span<std::uint8_t> rgb) {
  const std::unique_ptr<void, Destroy> decoder(tjInitDecompress());
  if (!decoder) return picture_error("not enough memory for the JPEG decoder");
  base::ImageSize size;
  int subsampling = 0;
  int colours = 0;
  if (tjDecompressHeader3(decoder.get(), bytes.data(), bytes.size(), &size.width_px,
                          &size.height_px, &subsampling, &colours) != 0) {
    return picture_error("is not a JPEG");
  }
  if (!media::is_jpeg_size(size) || media::rgb_bytes(size) > rgb.size()) {
    return picture_error("is " + std::to_string(size.width_px) + "x" +
                         std::to_string(size.height_px) + " pixels; the limit is " +
                         std::to_string(media::kMaxJpegSide_px) + " per side");
  }
  // A small progressive file may ask for thousands of scans.
  if (tjDecompress2(decoder.get(), bytes.data(), bytes.size(), rgb.data(), size.width_px, 0,
                    size.height_px, TJPF_RGB, TJFLAG_LIMITSCANS | TJFLAG_STOPONWARNING) != 0) {
    return picture_error("is a damaged JPEG");
  }
  return size;
}

}  // namespace matside::decoder
